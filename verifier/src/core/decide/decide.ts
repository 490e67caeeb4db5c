import { nearName } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import { poolLimits, type PoolLimit } from '../license/pool-limits.js';
import type { State } from '../license/state.js';
import type { Instant } from '../time/calendar.js';
import type { Check } from '../verify/explain.js';
import type { Finding } from '../verify/finding.js';
import { DECISION_RULES, isFree, operationOf, type Case, type Question } from './rules.js';
import type { Standing } from './standing.js';

/** The answer to one question. */
export interface Decision {
  readonly allowed: boolean;
  /** `allowed`, or the code of the denial. */
  readonly code: string;
  /** The reason in one sentence, by the table of codes. */
  readonly reason: string;
  readonly operation: string;
  readonly state: State;
  readonly mode: 'enforce' | 'advisory';
  /** The denial: the facts, what would help, and who can do it. */
  readonly finding?: Finding;
  /** In advisory mode: what would have been the denial. */
  readonly wouldDeny?: Finding;
  /** The pools from which the operation draws, at the instant; what is used of them is not counted yet. */
  readonly pools: readonly PoolLimit[];
  /** The next instant at which the answer may change by the calendar alone; UTC seconds. */
  readonly until?: Instant;
}

const NONE: object = Object.freeze({});

function requireNames({ standing, operation, subject }: Case): void {
  const { license, product } = standing;
  const grant = license?.claims.license;
  const unknown = (
    code: 'operation-unknown' | 'role-unknown' | 'identity-kind',
    where: string,
    member: 'operations' | 'roles' | 'kinds',
    name: string,
  ): void => {
    const [ofLicense, ofProduct] = [grant?.[member] ?? NONE, product?.product[member] ?? NONE];
    if (Object.hasOwn(ofLicense, name) || Object.hasOwn(ofProduct, name)) return;
    const known = Object.keys({ ...ofProduct, ...ofLicense });
    const near = nearName(name, known);
    throw verifierFault(code, {
      where,
      expected: near === undefined ? known.join(', ') || 'none' : `${near}, perhaps`,
      actual: name,
    });
  };
  // Without license and product document nobody can say what is an operation.
  if (grant === undefined && product === undefined) return;
  unknown('operation-unknown', 'operation', 'operations', operation);
  if (subject.role !== undefined) unknown('role-unknown', 'role', 'roles', subject.role);
  for (const kind of Object.keys(subject.ids ?? {})) unknown('identity-kind', 'ids', 'kinds', kind);
}

function poolsOf({ license, at }: Standing, meters: readonly string[]): readonly PoolLimit[] {
  if (license === undefined || meters.length === 0) return [];
  const drawn = new Set(meters.flatMap((meter) => license.claims.license.meters?.[meter]?.pools ?? []));
  return poolLimits(license.claims, at).filter(({ id }) => drawn.has(id));
}

function denialOf(about: Case): Finding | undefined {
  if (isFree(about)) return undefined;
  for (const { isAsked, find } of DECISION_RULES) {
    const wrong = isAsked(about) ? find(about) : undefined;
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/**
 * Decides on an operation (license-file.md, clause 9.5): pure, without effect.
 *
 * Identities that are not given are not asked about. Throws for a fault of the caller: `operation-unknown`, `role-unknown`, `identity-kind`.
 */
export function decide(standing: Standing, question: Question): Decision {
  const about: Case = { ...question, standing };
  requireNames(about);
  const { operation } = question;
  const { state, mode, until } = standing;
  const denial = denialOf(about);
  const allowed = denial === undefined || mode === 'advisory';
  return Object.freeze<Decision>({
    allowed,
    code: allowed ? 'allowed' : denial.code,
    reason: allowed ? 'the operation is allowed' : denial.message,
    operation,
    state,
    mode,
    ...(allowed ? {} : { finding: denial }),
    ...(allowed && denial !== undefined ? { wouldDeny: denial } : {}),
    pools: poolsOf(standing, operationOf(standing, operation)?.meters ?? []),
    ...(until === undefined ? {} : { until }),
  });
}

const CLAUSE = 'LF-9.5';

/** Evaluates every condition of a decision and lists them all; throws as {@link decide} does. */
export function explainDecision(standing: Standing, question: Question): readonly Check[] {
  const about: Case = { ...question, standing };
  requireNames(about);
  const free = isFree(about);
  const asked = { rule: 'free', clause: CLAUSE, asks: 'it is allowed without any license' };
  const checks = DECISION_RULES.map((rule): Check => {
    const { id, asks, isAsked, find, fact } = rule;
    const row = { rule: id, clause: CLAUSE, asks };
    if (!isAsked(about)) return { ...row, outcome: 'not-evaluated', because: 'because it was not asked' };
    const wrong = find(about);
    if (wrong === undefined) return { ...row, outcome: 'good', fact: fact(about) };
    return { ...row, outcome: free || standing.mode === 'advisory' ? 'warning' : 'bad', finding: wrong };
  });
  const seats = operationOf(standing, question.operation)?.meters ?? [];
  return [
    free
      ? { ...asked, outcome: 'good', fact: 'the row of none' }
      : { ...asked, outcome: 'not-evaluated', because: 'because the row of none does not have it' },
    ...checks,
    {
      rule: 'seat',
      clause: CLAUSE,
      asks: 'a seat is free',
      outcome: 'not-evaluated',
      because: seats.length === 0 ? 'because it takes none' : 'because seats are not counted yet',
    },
  ];
}
