import { nearName } from '@counterfoil/schemas';
import type { DocumentIssue } from './document-issue.js';
import { itemsOf, membersOf, sections, sectionWords, type Section } from './members.js';
import { nameHint } from './name-hint.js';
import type { MemberPath, YamlDocument } from './yaml-document.js';

/** One use of a name, which a section must define. */
interface Reference {
  readonly path: MemberPath;
  readonly name: unknown;
  readonly section: Section;
  /** Whether the name stands there as a member's name. */
  readonly isMember?: true;
}

/** Every name that a product's rules use and do not define, also where the rules are not as their schema says. */
export function referenceIssues(document: YamlDocument): readonly DocumentIssue[] {
  const rules = membersOf(document.value);
  const others = Object.keys(rules).filter((name) => !(sections as readonly string[]).includes(name));
  return [
    ...meterReferences(rules),
    ...operationReferences(rules),
    ...rowReferences(rules),
    ...trialReferences(rules),
    ...offerReferences(rules),
  ].flatMap(({ path, name, section, isMember: atName = false }) => {
    const known = membersOf(rules[section]);
    // An id with capitals is wrong where it is defined, not where it is used.
    const isKnown = (used: string): boolean =>
      Object.keys(known).some((id) => id.toLowerCase() === used.toLowerCase());
    if (typeof name !== 'string' || isKnown(name)) return [];
    // A section that is broken, or that stands there under a misspelt name, is one issue and not one for each use.
    const isReadable =
      rules[section] === undefined ? nearName(section, others) === undefined : known === rules[section];
    if (!isReadable) return [];
    const expected = `${sectionWords[section]}: ${nameHint(name, Object.keys(known))}`;
    return [document.issueAt(path, expected, name, { atName })];
  });
}

type Rules = Readonly<Record<string, unknown>>;

const namesIn = (value: unknown, path: MemberPath, section: Section): readonly Reference[] =>
  itemsOf(value).map((name, i) => ({ path: [...path, i], name, section }));

function meterReferences({ meters }: Rules): readonly Reference[] {
  return Object.entries(membersOf(meters)).flatMap(([id, meter]) => {
    const { pools, kind, group } = membersOf(meter);
    const path = ['meters', id];
    return [
      ...namesIn(pools, [...path, 'pools'], 'pools'),
      { path: [...path, 'kind'], name: kind, section: 'kinds' },
      { path: [...path, 'group', 'kind'], name: membersOf(group)['kind'], section: 'kinds' },
    ];
  });
}

function operationReferences({ operations }: Rules): readonly Reference[] {
  return Object.entries(membersOf(operations)).flatMap(([id, operation]) => {
    const { meters, feature } = membersOf(operation);
    const path = ['operations', id];
    return [
      ...namesIn(meters, [...path, 'meters'], 'meters'),
      { path: [...path, 'feature'], name: feature, section: 'features' },
    ];
  });
}

function rowReferences({ states }: Rules): readonly Reference[] {
  return Object.entries(membersOf(states)).flatMap(([state, row]) =>
    itemsOf(row).flatMap((entry, i): readonly Reference[] => {
      const path = ['states', state, i];
      const [operation, role] = typeof entry === 'string' ? entry.split('@') : [];
      return [
        { path, name: operation, section: 'operations' },
        { path, name: role, section: 'roles' },
      ];
    }),
  );
}

const poolsUnder = (holder: unknown, path: MemberPath): readonly Reference[] =>
  Object.keys(membersOf(membersOf(holder)['pools'])).map((name) => ({
    path: [...path, 'pools', name],
    name,
    section: 'pools',
    isMember: true,
  }));

const trialReferences = ({ trial }: Rules): readonly Reference[] => poolsUnder(trial, ['trial']);

function offerReferences({ offers }: Rules): readonly Reference[] {
  return Object.entries(membersOf(offers)).flatMap(([id, offer]) => {
    const { features, for: others } = membersOf(offer);
    const path = ['offers', id];
    return [
      ...poolsUnder(offer, path),
      ...namesIn(features, [...path, 'features'], 'features'),
      ...namesIn(others, [...path, 'for'], 'offers'),
    ];
  });
}
