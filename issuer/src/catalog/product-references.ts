import type { Product } from '@counterfoil/schemas';
import type { DocumentIssue } from './document-issue.js';
import { nameHint } from './name-hint.js';
import type { MemberPath, YamlDocument } from './yaml-document.js';

/** One use of a name, and the names that there are. */
interface Reference {
  readonly path: MemberPath;
  readonly name: string;
  readonly known: object | undefined;
  readonly what: string;
}

/** Every name that a product's rules use and do not define. */
export function referenceIssues(product: Product, document: YamlDocument): readonly DocumentIssue[] {
  return [
    ...meterReferences(product),
    ...operationReferences(product),
    ...rowReferences(product),
    ...trialReferences(product),
  ]
    .filter(({ name, known }) => !Object.hasOwn(known ?? {}, name))
    .map(({ path, name, known, what }) =>
      document.issueAt(path, `${what}: ${nameHint(name, Object.keys(known ?? {}))}`, name),
    );
}

function meterReferences({ meters = {}, pools, kinds }: Product): readonly Reference[] {
  return Object.entries(meters).flatMap(([id, meter]) => {
    const path = ['meters', id];
    return [
      ...meter.pools.map((name, i) => ({ path: [...path, 'pools', i], name, known: pools, what: 'a pool' })),
      { path: [...path, 'kind'], name: meter.kind, known: kinds, what: 'a kind' },
      ...(meter.group === undefined
        ? []
        : [{ path: [...path, 'group', 'kind'], name: meter.group.kind, known: kinds, what: 'a kind' }]),
    ];
  });
}

function operationReferences({ operations, meters, features }: Product): readonly Reference[] {
  return Object.entries(operations).flatMap(([id, operation]) => {
    const path = ['operations', id];
    return [
      ...(operation.meters ?? []).map((name, i) => ({
        path: [...path, 'meters', i],
        name,
        known: meters,
        what: 'a meter',
      })),
      ...(operation.feature === undefined
        ? []
        : [{ path: [...path, 'feature'], name: operation.feature, known: features, what: 'a feature' }]),
    ];
  });
}

function rowReferences({ states, operations, roles }: Product): readonly Reference[] {
  return Object.entries(states).flatMap(([state, row]: [string, readonly string[]]) =>
    row.flatMap((entry, i) => {
      const path = ['states', state, i];
      const [operation, role] = entry.split('@') as [string, string?];
      return [
        { path, name: operation, known: operations, what: 'an operation' },
        ...(role === undefined ? [] : [{ path, name: role, known: roles, what: 'a role' }]),
      ];
    }),
  );
}

function trialReferences({ trial, pools }: Product): readonly Reference[] {
  return Object.keys(trial?.pools ?? {}).map((name) => ({
    path: ['trial', 'pools', name],
    name,
    known: pools,
    what: 'a pool',
  }));
}
