import { decodeBody, decodeUtf8, encodeBlock, type Block, type TrustRoot } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';
import type { Engine } from '../engine.js';
import { parseTrustRoot, requireThreshold, type ReadRoot, type TrustedKey } from './trust-root.js';

/**
 * The roots that a verifier believes: pinned ones, and those that a chain of signatures reaches from them.
 *
 * Only {@link openTrust} and {@link extendTrust} make one.
 */
export interface Trust {
  /** The newest root. */
  readonly root: DeepReadonly<TrustRoot>;
  /** The vendor's test root, by which a test license is told from a forged one. */
  readonly test?: Trust;
  /** General JSON JWS of every known root, by version. */
  readonly texts: ReadonlyMap<number, string>;
}

interface Held {
  readonly newest: ReadRoot;
  /** Payloads by version: two roots of one version must be the same. */
  readonly payloads: ReadonlyMap<number, string>;
  /** Armored bodies of the known roots: a file that repeats one is not decoded for it. */
  readonly bodies: readonly string[];
}

const bodyOf = (text: string): string => encodeBlock('trust-root', text).body;

/** What stands behind a trust; nothing else is one. */
const held = new WeakMap<Trust, Held>();

function makeTrust(inside: Held, texts: ReadonlyMap<number, string>, test: Trust | undefined): Trust {
  const trust = Object.freeze({ root: inside.newest.claims, texts, ...(test === undefined ? {} : { test }) });
  held.set(trust, inside);
  return trust;
}

function insideOf(trust: Trust): Held {
  const inside = held.get(trust);
  if (inside === undefined)
    throw new TypeError('expected a trust made by openTrust, got an object of another origin');
  return inside;
}

/**
 * Pins the first root and follows the chain of the others (trust-root.md, clause 4).
 *
 * `roots` are general JSON JWS texts, rising by one version each; the caller vouches for the first. Throws
 * `root-missing`, `root-gap`, `root-environment` and what {@link parseTrustRoot} and {@link extendTrust} throw.
 */
export function openTrust(engine: Engine, roots: readonly string[], test?: Trust): Trust {
  const [first, ...rest] = roots;
  if (first === undefined) throw verifierFault('root-missing', { expected: 'at least one trust root' });
  const root = parseTrustRoot(engine, first);
  requireThreshold(engine, root, root);
  if (test !== undefined && (test.root.environment !== 'test' || root.claims.environment === 'test')) {
    throw verifierFault('root-environment', {
      expected: 'a test root beside a production root',
      actual: `${test.root.environment} beside ${root.claims.environment}`,
    });
  }
  const { version } = root.claims;
  const inside = {
    newest: root,
    payloads: new Map([[version, root.jws.payload]]),
    bodies: [bodyOf(first)],
  };
  const { trust, missing } = extendTrust(engine, makeTrust(inside, new Map([[version, first]]), test), rest);
  if (missing !== undefined)
    throw verifierFault('root-gap', { expected: `trust root ${String(missing)}`, actual: 'none' });
  return trust;
}

/** A trust, extended as far as the roots reach. */
export interface ExtendedTrust {
  readonly trust: Trust;
  /** The version at which the chain broke off, when later roots could not be reached. */
  readonly missing?: number;
}

/**
 * Follows a chain of roots from version N to N + 1 (trust-root.md, clause 4).
 *
 * Each step is signed by the thresholds of both roots; roots in between may have expired. Roots that are older
 * than the newest one change nothing. Throws `root-fork`, `root-vendor`, `root-environment`, `root-threshold` and what reading throws.
 */
export function extendTrust(engine: Engine, trust: Trust, roots: readonly string[]): ExtendedTrust {
  const start = insideOf(trust);
  if (roots.length === 0) return { trust };
  let { newest } = start;
  let missing: number | undefined;
  const payloads = new Map(start.payloads);
  const bodies = [...start.bodies];
  const texts = new Map(trust.texts);
  const testRoots: string[] = [];
  for (const text of roots) {
    const root = parseTrustRoot(engine, text);
    const { version, environment } = root.claims;
    // A test license brings the roots of its own line, by which it is called what it is.
    if (environment === 'test' && trust.test !== undefined) {
      testRoots.push(text);
      continue;
    }
    requireSameLine(newest, root);
    const same = payloads.get(version);
    if (same !== undefined && same !== root.jws.payload) {
      throw verifierFault('root-fork', {
        where: `trust root ${String(version)}`,
        expected: 'one root of a version',
        actual: 'two',
      });
    }
    if (version <= newest.claims.version) continue;
    if (version !== newest.claims.version + 1) {
      missing ??= newest.claims.version + 1;
      continue;
    }
    requireThreshold(engine, newest, root);
    requireThreshold(engine, root, root);
    newest = root;
    missing = undefined;
    payloads.set(version, root.jws.payload);
    bodies.push(bodyOf(text));
    texts.set(version, text);
  }
  const test = trust.test === undefined ? undefined : extendTrust(engine, trust.test, testRoots).trust;
  const same = newest === start.newest && test === trust.test;
  const extended = same ? trust : makeTrust({ newest, payloads, bodies }, texts, test);
  return { trust: extended, ...(missing === undefined ? {} : { missing }) };
}

function requireSameLine(newest: ReadRoot, root: ReadRoot): void {
  if (root.claims.iss !== newest.claims.iss) {
    throw verifierFault('root-vendor', { expected: newest.claims.iss, actual: root.claims.iss });
  }
  if (root.claims.environment !== newest.claims.environment) {
    throw verifierFault('root-environment', {
      expected: newest.claims.environment,
      actual: root.claims.environment,
    });
  }
}

/** The texts of the trust roots in a file that a trust does not know yet. Throws `base64`, `utf8`, `document-too-large`. */
export function unknownRoots(trust: Trust, blocks: readonly Block[]): readonly string[] {
  const { bodies } = insideOf(trust);
  return blocks
    .filter(({ document, body }) => document === 'trust-root' && !bodies.includes(body))
    .map((block) => decodeUtf8(decodeBody(block), 'trust-root'));
}

/** The key of the newest root that a key id names. */
export function keyOf(trust: Trust, kid: string): TrustedKey | undefined {
  return insideOf(trust).newest.keys.get(kid);
}
