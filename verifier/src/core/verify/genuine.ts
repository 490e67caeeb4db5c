import {
  CounterfoilError,
  formatFault,
  limits,
  parseCompactJws,
  parseFile,
  type Block,
  type CarriedFile,
  type CompactJws,
  type DocumentName,
} from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { verifySignature } from '../ed25519.js';
import type { Engine } from '../engine.js';
import { markVerified, type VerifiedLicense } from '../license/license.js';
import { parseLicensePayload, requireConsistent } from '../license/read-license.js';
import { openShard, type Shard } from '../status/shard.js';
import { requireKey, requireKeyLimits, requireKeyWindow } from '../trust/key-rules.js';
import { extendTrust, keyOf, unknownRoots, type Trust } from '../trust/trust.js';
import type { TrustedKey } from '../trust/trust-root.js';

/** A file whose license a trusted key signed; whether it is for here is another question. */
export interface GenuineFile {
  readonly file: CarriedFile;
  readonly license: VerifiedLicense;
  /** The key that signed it. */
  readonly key: TrustedKey;
  /** The trust, extended by the roots in the file. */
  readonly trust: Trust;
  /** The root version at which the file's chain broke off. */
  readonly missingRoot?: number;
  /** The shard in the file. */
  readonly shard?: Shard;
}

/** The questions by which a file is found genuine, in their order; each needs the one before. */
export const GENUINE_RULES = [
  { id: 'file', clause: 'LF-2', asks: 'the file is whole and well-formed' },
  { id: 'blocks', clause: 'LF-2.6', asks: 'its blocks are those of a license file' },
  { id: 'header', clause: 'LF-4.2', asks: 'the license’s header is strict' },
  { id: 'trust', clause: 'TR-4', asks: 'the trust roots in the file follow the trusted one' },
  { id: 'key', clause: 'TR-5.1', asks: 'the signing key is trusted and not revoked' },
  { id: 'signature', clause: 'LF-4.7', asks: 'the signature holds' },
  { id: 'claims', clause: 'LF-6', asks: 'the claims are well-formed' },
  { id: 'consistency', clause: 'LF-6.4', asks: 'the claims agree with each other' },
  { id: 'key-window', clause: 'TR-5.2', asks: 'the key might sign at that time' },
  { id: 'key-limits', clause: 'TR-5.3', asks: 'the key might sign such a license' },
  { id: 'status-list', clause: 'LF-12', asks: 'the status list in the file is genuine' },
] as const;

export type GenuineRule = (typeof GENUINE_RULES)[number]['id'];

/** Told of each question as it is put; the last one is the one that threw. */
export type Progress = (rule: GenuineRule) => void;

/** What is said of a shard whose key the newest root does not trust. */
const UNTRUSTED: ReadonlySet<string> = new Set(['key-unknown', 'key-revoked']);

/** Blocks of one kind, at most this many, in this order (clause 2.6). */
const ORDER: readonly (readonly [DocumentName, number])[] = [
  ['license', 1],
  ['trust-root', limits.chain],
  ['status-list', 1],
  ['identity-pages', 16],
];

/** The body of the license; throws `file-blocks` for any other file. */
function requireLicenseBlocks(blocks: readonly Block[]): string {
  const kinds = blocks.map(({ document }) => document);
  const wanted = ORDER.flatMap(([document, most]) =>
    kinds.filter((kind) => kind === document).slice(0, most),
  );
  const [first] = blocks;
  if (first?.document !== 'license') {
    throw formatFault('file-blocks', { where: 'block 1', expected: 'a license', actual: kinds.join(', ') });
  }
  if (wanted.length !== kinds.length || wanted.some((kind, i) => kind !== kinds[i])) {
    throw formatFault('file-blocks', {
      expected: ORDER.map(([document]) => document).join(', then '),
      actual: kinds.join(', '),
    });
  }
  return first.body;
}

/** The key that signed, or the reason why none is trusted; a test license is called by its name (trust-root.md, clause 8). */
function findKey(engine: Engine, trust: Trust, jws: CompactJws): TrustedKey {
  try {
    return requireKey(trust, jws.header.kid, 'issuing');
  } catch (reason) {
    const key = trust.test === undefined ? undefined : keyOf(trust.test, jws.header.kid);
    if (key !== undefined && verifySignature(engine, key.publicKey, jws.signingInput, jws.signature)) {
      throw verifierFault('test-license', {
        expected: 'a key of the production root',
        actual: 'a key of the test root',
      });
    }
    throw reason;
  }
}

/**
 * The shard in a file; undefined when its key is no longer trusted, so that it is as good as not there.
 *
 * A vendor who had to revoke a status key has not thereby ended every license that carries an older list:
 * what is missing then is a newer list, and the rule that needs one says so (clause 8.15).
 */
function carriedShard(engine: Engine, trust: Trust, text: string): Shard | undefined {
  try {
    return openShard(engine, trust, text);
  } catch (error) {
    if (error instanceof CounterfoilError && UNTRUSTED.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * Finds a file genuine, or throws the code of the first thing that is wrong (license-file.md, clause 8).
 *
 * Nothing of the payload is looked at before the signature holds.
 */
export function readGenuine(
  engine: Engine,
  trusted: Trust,
  input: string | Uint8Array,
  progress: Progress,
): GenuineFile {
  progress('file');
  const file = parseFile(input);
  progress('blocks');
  const body = requireLicenseBlocks(file.blocks);
  progress('header');
  const jws = parseCompactJws(body, 'license');
  progress('trust');
  const { trust, missing } = extendTrust(engine, trusted, unknownRoots(trusted, file.blocks));
  progress('key');
  const key = findKey(engine, trust, jws);
  progress('signature');
  if (!verifySignature(engine, key.publicKey, jws.signingInput, jws.signature)) {
    throw verifierFault('signature-invalid', { where: 'license' });
  }
  progress('claims');
  const claims = parseLicensePayload(jws);
  progress('consistency');
  requireConsistent(claims);
  progress('key-window');
  requireKeyWindow(key, claims.iat, 'license');
  progress('key-limits');
  requireKeyLimits(key, claims);
  progress('status-list');
  const block = file.blocks.find(({ document }) => document === 'status-list');
  const shard = block === undefined ? undefined : carriedShard(engine, trust, block.body);
  return {
    file,
    license: markVerified(claims, jws.header),
    key,
    trust,
    ...(missing === undefined ? {} : { missingRoot: missing }),
    ...(shard === undefined ? {} : { shard }),
  };
}
