import { CounterfoilError, type Grant } from '@counterfoil/schemas';
import { verifierFault } from '../codes.js';
import type { DeepReadonly } from '../deep-readonly.js';
import { checkIdentity } from '../identities/allowed.js';
import type { LicenseContent } from '../license/license.js';
import { findingOf, type Finding } from '../verify/finding.js';
import type { Standing } from './standing.js';

/** Who or what an operation is asked for. */
export interface Subject<Kind extends string = string, Role extends string = string> {
  /** Identities by their kind, in any notation of it. */
  readonly ids?: { readonly [K in Kind]?: string };
  /** The role in which it is asked; without one, only what is open to everyone is allowed. */
  readonly role?: Role;
}

/** May this operation be done, for this subject? */
export interface Question {
  readonly operation: string;
  readonly subject: Subject;
}

/** A question and what it is held against. */
export interface Case extends Question {
  readonly standing: Standing;
}

/** One condition of a decision; each stands for itself. */
export interface DecisionRule {
  readonly id: string;
  readonly asks: string;
  readonly isAsked: (about: Case) => boolean;
  /** What is wrong, or undefined. */
  readonly find: (about: Case) => Finding | undefined;
  /** What was found, where nothing is wrong. */
  readonly fact: (about: Case) => string;
}

type Operation = DeepReadonly<Grant['operations'][string]>;

/** What the license says of an operation, else the kit. */
export function operationOf({ license, product }: Standing, operation: string): Operation | undefined {
  return license?.claims.license.operations[operation] ?? product?.product.operations[operation];
}

/** The roles to which a row opens an operation; `undefined` among them stands for everyone. */
function rolesIn(row: ReadonlySet<string>, operation: string): readonly (string | undefined)[] {
  const roles: (string | undefined)[] = row.has(operation) ? [undefined] : [];
  for (const entry of row)
    if (entry.startsWith(`${operation}@`)) roles.push(entry.slice(operation.length + 1));
  return roles;
}

/** Whether a row opens an operation to whoever asks. */
function opens(row: ReadonlySet<string>, { operation, subject: { role } }: Question): boolean {
  return row.has(operation) || (role !== undefined && row.has(`${operation}@${role}`));
}

/** Whether it is allowed without any license; then no license can take it away (clause 9.5). */
export function isFree(about: Case): boolean {
  const { standing, operation } = about;
  return (
    opens(standing.free, about) && standing.product?.product.operations[operation]?.feature === undefined
  );
}

const finding = (rule: string, error: unknown): Finding => findingOf(rule, 'LF-9.5', error);

const orList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${String(words.at(-1))}`;

/** The states whose row opens an operation, for the answer to who wants it. */
function statesFor({ standing: { license, product }, operation }: Case): readonly string[] {
  const { states } = (license?.claims.license ?? product?.product) as Pick<
    LicenseContent['license'],
    'states'
  >;
  return Object.entries(states).flatMap(([state, row]) =>
    rolesIn(new Set(row), operation).length > 0 ? [state] : [],
  );
}

function featureFinding({ standing, operation }: Case): Finding | undefined {
  const id = operationOf(standing, operation)?.feature as string;
  const feature = standing.license?.claims.license.features?.[id];
  if (feature === undefined) return finding('feature', verifierFault('feature-missing', { expected: id }));
  if (feature.until !== undefined && standing.at >= feature.until) {
    return finding('feature', verifierFault('feature-ended', { where: id }));
  }
  return undefined;
}

type Identities = NonNullable<Subject['ids']>;

function identityFinding(about: Case): Finding | undefined {
  const { engine, license, readPages } = about.standing;
  for (const [kind, identity] of Object.entries(about.subject.ids as Identities)) {
    // A kind that only a newer kit knows cannot be restricted by this license.
    if (identity === undefined || license?.claims.license.kinds?.[kind] === undefined) continue;
    try {
      if (!checkIdentity(engine, license, kind, identity, readPages?.(kind)).allowed) {
        return finding('identity', verifierFault('identity-not-listed', { where: kind, actual: identity }));
      }
    } catch (error) {
      if (!(error instanceof CounterfoilError)) throw error;
      return finding('identity', error);
    }
  }
  return undefined;
}

/** What an operation must meet, in this order; the first that is not met is the reason of a denial (clause 9.5). */
export const DECISION_RULES: readonly DecisionRule[] = [
  {
    id: 'state',
    asks: 'the state allows the operation',
    isAsked: () => true,
    find: (about) => {
      const { standing, operation } = about;
      if (rolesIn(standing.row, operation).length > 0) return undefined;
      const { finding: reason, full, license, product } = standing;
      const blank = license === undefined && product === undefined;
      // The state is the reason only where the operation would be allowed otherwise.
      if (reason !== undefined && (blank || rolesIn(full, operation).length > 0)) return reason;
      const states = statesFor(about);
      const expected = states.length === 0 ? 'a license that knows the operation' : `state ${orList(states)}`;
      return finding(
        'state',
        verifierFault('operation-denied', { where: operation, expected, actual: `state ${standing.state}` }),
      );
    },
    fact: ({ standing }) => `state ${standing.state}`,
  },
  {
    id: 'role',
    asks: 'it is open to whoever asks',
    isAsked: ({ standing, operation }) => rolesIn(standing.row, operation).length > 0,
    find: (about) => {
      const { standing, operation, subject } = about;
      if (opens(standing.row, about)) return undefined;
      if (standing.finding !== undefined && opens(standing.full, about)) return standing.finding;
      const roles = rolesIn(standing.row, operation).map(String);
      return finding(
        'role',
        verifierFault('role-denied', {
          where: operation,
          expected: orList(roles),
          actual: subject.role ?? 'no role',
        }),
      );
    },
    fact: ({ standing, operation, subject }) =>
      standing.row.has(operation) ? 'open to everyone' : String(subject.role),
  },
  {
    id: 'feature',
    asks: 'the license has the feature that it needs',
    isAsked: ({ standing, operation }) => operationOf(standing, operation)?.feature !== undefined,
    find: featureFinding,
    fact: ({ standing, operation }) => String(operationOf(standing, operation)?.feature),
  },
  {
    id: 'identity',
    asks: 'the license allows the identities',
    isAsked: ({ standing, subject }) => standing.license !== undefined && subject.ids !== undefined,
    find: identityFinding,
    fact: ({ subject }) => Object.keys(subject.ids as Identities).join(', '),
  },
];
