import {
  decodeBase64url,
  decodeBody,
  decodeUtf8,
  encodeBase64url,
  type Block,
  type TrustRoot,
} from '@counterfoil/schemas';
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
  readonly roots: ReadonlyMap<number, ReadRoot>;
  /** Armored bodies that proved to be known roots: a file that repeats one is not decoded for it again. */
  readonly seen: string[];
}

/** What stands behind a trust; nothing else is one. */
const held = new WeakMap<Trust, Held>();

function makeTrust(roots: ReadonlyMap<number, ReadRoot>, newest: ReadRoot, test: Trust | undefined): Trust {
  const texts = new Map(Array.from(roots, ([version, { text }]) => [version, text]));
  const trust = Object.freeze({ root: newest.claims, texts, ...(test === undefined ? {} : { test }) });
  held.set(trust, { newest, roots, seen: [] });
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
  return pin(
    engine,
    roots.map((text) => parseTrustRoot(engine, text)),
    test,
  );
}

/**
 * Opens a trust of roots of both environments, in any order: what a kit holds (trust-root.md, clause 8).
 *
 * The oldest root of each environment is pinned; without a production root, the test roots are the trust. Throws as {@link openTrust}.
 */
export function openMixedTrust(engine: Engine, roots: readonly string[]): Trust {
  const rising = roots
    .map((text) => parseTrustRoot(engine, text))
    .sort((a, b) => a.claims.version - b.claims.version);
  const line = (environment: 'production' | 'test'): readonly ReadRoot[] =>
    rising.filter(({ claims }) => claims.environment === environment);
  const [production, test] = [line('production'), line('test')];
  if (test.length === 0) return pin(engine, production);
  const testTrust = pin(engine, test);
  return production.length === 0 ? testTrust : pin(engine, production, testTrust);
}

function pin(engine: Engine, [first, ...rest]: readonly ReadRoot[], test?: Trust): Trust {
  if (first === undefined) throw verifierFault('root-missing', { expected: 'at least one trust root' });
  requireThreshold(engine, first, first);
  if (test !== undefined && (test.root.environment !== 'test' || first.claims.environment === 'test')) {
    throw verifierFault('root-environment', {
      expected: 'a test root beside a production root',
      actual: `${test.root.environment} beside ${first.claims.environment}`,
    });
  }
  if (test !== undefined && test.root.iss !== first.claims.iss) {
    throw verifierFault('root-vendor', {
      where: 'test root',
      expected: first.claims.iss,
      actual: test.root.iss,
    });
  }
  const pinned = makeTrust(new Map([[first.claims.version, first]]), first, test);
  const { trust, missing } = follow(engine, pinned, rest);
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
  return follow(
    engine,
    trust,
    roots.map((text) => parseTrustRoot(engine, text)),
  );
}

function follow(engine: Engine, trust: Trust, following: readonly ReadRoot[]): ExtendedTrust {
  const start = insideOf(trust);
  if (following.length === 0) return { trust };
  let { newest } = start;
  let missing: number | undefined;
  const roots = new Map(start.roots);
  const testRoots: ReadRoot[] = [];
  for (const root of following) {
    const { version, environment } = root.claims;
    // A test license brings the roots of its own line, by which it is called what it is.
    if (environment === 'test' && trust.test !== undefined) {
      testRoots.push(root);
      continue;
    }
    requireSameLine(newest, root);
    const same = roots.get(version);
    if (same !== undefined && same.jws.payload !== root.jws.payload) {
      // Only who holds the keys that make this version can fork; anything else is no root at all.
      requireThreshold(engine, root, roots.get(version - 1) ?? same);
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
    requireThreshold(engine, root, newest, root);
    newest = root;
    missing = undefined;
    roots.set(version, root);
  }
  const test = trust.test === undefined ? undefined : follow(engine, trust.test, testRoots).trust;
  const same = newest === start.newest && test === trust.test;
  return {
    trust: same ? trust : makeTrust(roots, newest, test),
    ...(missing === undefined ? {} : { missing }),
  };
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
  const { roots, seen } = insideOf(trust);
  const known = Array.from(roots.values(), ({ text }) => text);
  const unknown: string[] = [];
  for (const block of blocks) {
    if (block.document !== 'trust-root' || seen.includes(block.body)) continue;
    const text = decodeUtf8(decodeBody(block), 'trust-root');
    if (known.includes(text)) seen.push(block.body);
    else unknown.push(text);
  }
  return unknown;
}

/** Whether a key id names a key that signs roots, and so nothing else. */
export function isRootKey(trust: Trust, kid: string): boolean {
  return insideOf(trust).newest.rootKeys.has(kid);
}

/** The key of the newest root that a key id names. */
export function keyOf(trust: Trust, kid: string): TrustedKey | undefined {
  return insideOf(trust).newest.keys.get(kid);
}

/** The fingerprint by which people compare a trust's newest root: SHA-256 of its payload, base64url (trust-root.md, clause 9). */
export function rootFingerprint(engine: Engine, trust: Trust): string {
  const { payload } = insideOf(trust).newest.jws;
  return encodeBase64url(engine.sha256(decodeBase64url(payload, 'trust-root')));
}
