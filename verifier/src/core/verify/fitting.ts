import { verifierFault } from '../codes.js';
import { hostIdDigest } from '../identities/host-id.js';
import type { LicenseContent } from '../license/license.js';
import { newestShard, type Bit, type Shard } from '../status/shard.js';
import { notAsked, type VerifyContext } from './context.js';
import type { GenuineFile } from './genuine.js';

/** A genuine file and what it is held against. */
export interface Fitting extends GenuineFile {
  readonly context: VerifyContext;
}

/** A question whether a genuine license is for here; each stands for itself. */
export interface FittingRule {
  readonly id: string;
  readonly clause: string;
  readonly asks: string;
  /** Whether the question was put at all. */
  readonly isAsked: (context: VerifyContext) => boolean;
  /** Throws the code of what does not fit. */
  readonly require: (fitting: Fitting) => void;
}

const always = (): boolean => true;

function requireHost(content: LicenseContent, { engine, host }: VerifyContext): void {
  const { binding } = content.license;
  if (binding === undefined || host === notAsked) return;
  if (binding.type === 'host-key') {
    if (host.key === undefined || host.key !== content.cnf?.jkt) {
      throw verifierFault('host-mismatch', {
        expected: 'the host key that the license names',
        actual: host.key === undefined ? 'no host key' : 'another host key',
      });
    }
    return;
  }
  const id = host.ids?.get(binding.source);
  if (id === undefined || hostIdDigest(engine, binding.salt, id) !== binding.digest) {
    throw verifierFault('host-mismatch', {
      expected: `the ${binding.source} that the license names`,
      actual: id === undefined ? 'none' : 'another',
    });
  }
}

/** The newest shard at hand, in the file or on the host, that bears the name which the license gives. */
export function newestOf({ license: { claims }, trust, shard, context }: Fitting): Shard | undefined {
  if (claims.status === undefined) return undefined;
  const shards = [...(shard === undefined ? [] : [shard]), ...(context.shards ?? [])];
  return newestShard(trust, shards, claims.status.status_list.uri);
}

/** What the newest shard at hand says of a license; undefined where it has no index. */
export function bitOf(fitting: Fitting): Bit | undefined {
  const { status } = fitting.license.claims;
  return status === undefined ? undefined : newestOf(fitting)?.at(status.status_list.idx);
}

function requireStatus(fitting: Fitting): void {
  const { status, license } = fitting.license.claims;
  if (status === undefined) return;
  const newest = newestOf(fitting);
  const needed = license.needs.status as number;
  if (newest === undefined || newest.version < needed || newest.at(status.status_list.idx) === undefined) {
    throw verifierFault('status-needed', {
      expected: `status list ${status.status_list.uri}, version ${String(needed)} or newer`,
      actual: newest === undefined ? 'none' : `version ${String(newest.version)}`,
    });
  }
}

/** The questions whether a genuine license is for here, in their order (license-file.md, clause 8). */
export const FITTING_RULES: readonly FittingRule[] = [
  {
    id: 'vendor',
    clause: 'LF-8.12',
    asks: 'it is of the vendor whose product this is',
    isAsked: always,
    require: ({ license: { claims }, trust }) => {
      if (claims.iss !== trust.root.iss)
        throw verifierFault('vendor-mismatch', { expected: trust.root.iss, actual: claims.iss });
    },
  },
  {
    id: 'product',
    clause: 'LF-8.13',
    asks: 'it is for this product',
    isAsked: ({ product }) => product !== notAsked,
    require: ({ license: { claims }, context: { product } }) => {
      if (product !== notAsked && claims.aud !== product)
        throw verifierFault('product-mismatch', { expected: product, actual: claims.aud });
    },
  },
  {
    id: 'needs-root',
    clause: 'LF-8.14',
    asks: 'the trust roots that it needs are here',
    isAsked: always,
    require: ({ license: { claims }, trust, missingRoot }) => {
      const { root } = claims.license.needs;
      if (trust.root.version < root) {
        throw verifierFault('root-needed', {
          expected: `trust root ${String(root)}`,
          actual: `${String(trust.root.version)}; missing is version ${String(missingRoot ?? trust.root.version + 1)}`,
        });
      }
    },
  },
  {
    id: 'needs-status',
    clause: 'LF-8.15',
    asks: 'the status list that it needs is here',
    isAsked: always,
    require: requireStatus,
  },
  {
    id: 'revision',
    clause: 'LF-8.16',
    asks: 'no newer revision is installed',
    isAsked: ({ installed }) => installed !== undefined,
    require: ({ license: { claims }, context: { installed } }) => {
      const { id, revision } = claims.license;
      if (installed !== undefined && installed.id === id && revision < installed.revision) {
        throw verifierFault('revision-older', {
          expected: `revision ${String(installed.revision)} or newer`,
          actual: String(revision),
        });
      }
    },
  },
  {
    id: 'host',
    clause: 'LF-8.17',
    asks: 'it is for this host',
    isAsked: ({ host }) => host !== notAsked,
    require: ({ license: { claims }, context }) => {
      requireHost(claims, context);
    },
  },
];
