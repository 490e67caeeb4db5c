import type { Engine } from '../engine.js';
import type { ReadBlock } from '../identities/pages.js';
import type { LicenseContent, VerifiedLicense } from '../license/license.js';
import type { State } from '../license/state.js';
import type { ProductContent } from '../product/read-product.js';
import { verifierFault } from '../codes.js';
import type { Instant } from '../time/calendar.js';
import { findingOf, type Finding } from '../verify/finding.js';
import type { Verdict } from '../verify/verify.js';

/** What stands behind every decision until something changes: the license as judged, and the rows that hold. */
export interface Standing {
  readonly engine: Engine;
  /** The guarded instant of the judgement. */
  readonly at: Instant;
  readonly state: State;
  /** Why the license, if there is one, is not in its term or not for here. */
  readonly finding?: Finding;
  /** Absent in state `none`. */
  readonly license?: VerifiedLicense;
  /** The kit's product document. */
  readonly product?: ProductContent;
  readonly mode: 'enforce' | 'advisory';
  /** What is allowed without any license: the kit's row of `none`. */
  readonly free: ReadonlySet<string>;
  /** What the state allows. */
  readonly row: ReadonlySet<string>;
  /** What would be allowed by a license of this kind in its term. */
  readonly full: ReadonlySet<string>;
  /** The next instant at which anything here changes by the calendar alone. */
  readonly until?: Instant;
  /** Reads the side file of a kind whose identities are listed on pages. */
  readonly readPages?: (kind: string) => ReadBlock | undefined;
}

/** What a standing is made of, besides the verdict. */
export interface StandingContext {
  readonly engine: Engine;
  readonly product?: ProductContent;
  readonly at: Instant;
  readonly readPages?: (kind: string) => ReadBlock | undefined;
}

const NOTHING: readonly string[] = [];

/** The first instant after `at` at which a state, a feature or a lot begins or ends. */
function nextInstant({ license }: LicenseContent, at: Instant, states?: Instant): Instant | undefined {
  const lots = Object.values(license.pools ?? {}).flatMap(({ lots }) => lots);
  const ends = Object.values(license.features ?? {}).map(({ until }) => until);
  const later = [states, ...ends, ...lots.flatMap(({ from, until }) => [from, until])].filter(
    (instant): instant is Instant => instant !== undefined && instant > at,
  );
  return later.length === 0 ? undefined : Math.min(...later);
}

function withoutLicense(context: StandingContext, finding: Finding): Standing {
  const { product } = context;
  const free = new Set(product?.product.states.none ?? NOTHING);
  return {
    ...context,
    state: 'none',
    finding,
    mode: product?.product.policies?.mode ?? 'enforce',
    free,
    row: free,
    full: new Set(product?.product.states.active ?? NOTHING),
  };
}

/**
 * The standing of a product on a host (license-file.md, clause 9.5): by the verdict on the license that is current, or by
 * none where nothing is installed.
 *
 * The rows are united, so that no license is ever worse than none.
 */
export function standingOf(verdict: Verdict | undefined, context: StandingContext): Standing {
  if (verdict === undefined) {
    return withoutLicense(context, findingOf('license', 'LF-9.5', verifierFault('license-missing')));
  }
  if (verdict.arm !== 'usable') return withoutLicense(context, verdict.finding);
  const { state, finding, license, nextChange } = verdict;
  const { product, at } = context;
  const { states, kind, policies } = license.claims.license;
  const free = new Set(product?.product.states.none ?? NOTHING);
  const base = [...free, ...(states.none ?? NOTHING)];
  const until = nextInstant(license.claims, at, nextChange);
  return {
    ...context,
    state,
    ...(finding === undefined ? {} : { finding }),
    license,
    mode: policies?.mode ?? product?.product.policies?.mode ?? 'enforce',
    free,
    row: new Set([...base, ...(states[state] ?? NOTHING)]),
    full: new Set([...base, ...(states[kind === 'trial' ? 'trial' : 'active'] ?? NOTHING)]),
    ...(until === undefined ? {} : { until }),
  };
}
