import {
  CounterfoilError,
  decodeBase64url,
  encodeBase64url,
  headerFor,
  signingInputOf,
} from '@counterfoil/schemas';
import type { Signer } from '@counterfoil/keys';
import { importPublicKey, verifySignature, type Instant, type Trust } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { issuerFault } from '../../codes.js';
import type { RandomBytes } from '../random.js';
import type { Vendor } from '../vendor.js';
import { announcedKey, buildRequest, parseAnswer, SPOOLED, type SpoolRole } from './signing-request.js';
import { openSpool, readSpool, removeSpool, writeSpool } from './spool-folder.js';

/** A spool folder as the machine without keys uses it. */
export interface Spool {
  readonly folder: string;
  readonly now: () => Instant;
  readonly random: RandomBytes;
  /** Waits that many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds after which nobody answers any more; 20,000 unless given. */
  readonly timeout?: number;
}

const TIMEOUT = 20_000;
/** Milliseconds between two looks for the answer. */
const STEP = 50;

/**
 * Signers for a machine that has no keys: each signature is asked for through the spool folder.
 *
 * They speak for the key that the worker announces, which must be one of the trust root. Asking for one throws
 * `signing-timeout` while no worker has been there, `signing-answer`, `spool-unusable`; its `signJws` rejects with these
 * and `signing-refused`.
 */
export function spoolSigners(spool: Spool, trust: Trust): Vendor['signer'] {
  return async (role) => {
    await openSpool(spool.folder);
    const kid = await waitFor(spool, async () => announcedKey(await readSpool(spool.folder, 'keys', role)));
    const row = trust.root[role].find((key) => key.kid === kid);
    if (row === undefined) {
      const expected = `a key of trust root ${String(trust.root.version)}`;
      throw issuerFault('signing-answer', { where: role, expected, actual: 'another key' });
    }
    return spoolSigner(spool, role, row);
  };
}

interface PublicHalf {
  readonly kid: string;
  readonly x: string;
}

function spoolSigner(spool: Spool, role: SpoolRole, { kid, x }: PublicHalf): Signer {
  const signJws: Signer['signJws'] = async (document, payload) => {
    if (document !== SPOOLED[role])
      throw issuerFault('signing-refused', { expected: SPOOLED[role], actual: document });
    const input = signingInputOf(headerFor(document, kid), payload);
    const signature = await askFor(spool, role, kid, payload);
    const isSigned = verifySignature(nodeEngine, importPublicKey(x, 'x'), input.bytes, signature);
    if (!isSigned) throw issuerFault('signing-answer', { expected: 'a signature of the current key' });
    return { protected: input.protected, payload: input.payload, signature: encodeBase64url(signature) };
  };
  return Object.freeze({ kid, x, signJws });
}

async function askFor(spool: Spool, role: SpoolRole, kid: string, payload: Uint8Array): Promise<Uint8Array> {
  const { folder, now, random } = spool;
  const id = Buffer.from(random(16)).toString('hex');
  const at = now();
  const value = buildRequest({ id, at, role }, kid, payload);
  await writeSpool(folder, 'requests', { id, value, now: at });
  try {
    const answer = parseAnswer(id, await waitFor(spool, () => readSpool(folder, 'answers', id)));
    if ('code' in answer) throw issuerFault('signing-refused', { actual: answer.code });
    return signatureOf(answer.signature);
  } finally {
    // Also when nobody answered: what nobody waits for any more is not signed.
    await removeSpool(folder, 'requests', id);
    await removeSpool(folder, 'answers', id);
  }
}

/** Looks again and again, so long as the timeout lets it. */
async function waitFor<T>(
  { pause, timeout = TIMEOUT }: Spool,
  look: () => Promise<T | undefined>,
): Promise<T> {
  for (let waited = 0; waited < timeout; waited += STEP) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(STEP);
  }
  throw issuerFault('signing-timeout', { expected: `an answer in ${String(timeout)} ms` });
}

function signatureOf(text: string): Uint8Array {
  try {
    const bytes = decodeBase64url(text, 'signature');
    if (bytes.length === 64) return bytes;
  } catch (error) {
    if (!(error instanceof CounterfoilError)) throw error;
  }
  throw issuerFault('signing-answer', { expected: 'a signature' });
}
