import { nearName } from '@counterfoil/schemas';
import { placeOf, type DocumentIssue } from './document-issue.js';
import { membersOf, sections, sectionWords, type Section } from './members.js';
import { nameHint } from './name-hint.js';
import { replacedIds } from './replaced-ids.js';
import { formatPath, shown, type MemberPath, type YamlDocument } from './yaml-document.js';

/**
 * What a product document must not change against the last one that was in use: ids are for life, and the catalog's
 * number rises with every change.
 */
export function changeIssues(document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  const [now, before] = [membersOf(document.value), membersOf(last.value)];
  if (now['id'] !== before['id']) {
    const expected = `${shown(before['id'])} as in ${placeOf(last.placeAt(['id']))}`;
    // Against another product nothing else can be said.
    return [document.issueAt(['id'], expected, shown(now['id']))];
  }
  return [
    ...sections.flatMap((section) => goneIds(section, document, last)),
    ...reusedIds(document, last),
    ...unknownReplaces(document, last),
    ...rekindedIds(document, last),
    ...numberIssues(document, last),
  ];
}

const idsOf = (section: Section, { value }: YamlDocument): Readonly<Record<string, unknown>> =>
  membersOf(membersOf(value)[section]);

const said = (section: Section, id: string, { placeAt }: YamlDocument): string =>
  placeOf(placeAt([section, id], true));

/** Ids that are gone, and that nothing stands for. */
function goneIds(section: Section, document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  const ids = idsOf(section, document);
  const replaced = replacedIds(document).filter((other) => other.section === section);
  const added = Object.keys(ids).filter((id) => !Object.hasOwn(idsOf(section, last), id));
  const gone = Object.keys(idsOf(section, last)).filter(
    (id) => !Object.hasOwn(ids, id) && !replaced.some(({ old }) => old === id),
  );
  return gone.map((id) => {
    const near = nearName(id, added);
    const path = near === undefined ? [section] : [section, near];
    const expected = `${sectionWords[section]} ${id} as in ${said(section, id, last)}, or one with replaces: [${id}]`;
    return document.issueAt(path, expected, near ?? 'nothing', { atName: true });
  });
}

/** Ids that were replaced once and now come back for something else, or whose replacement is forgotten. */
function reusedIds(document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  const replaced = replacedIds(document);
  return replacedIds(last).flatMap(({ section, old, by, path }) => {
    const place = placeOf(last.placeAt(path));
    const ids = idsOf(section, document);
    if (Object.hasOwn(ids, old)) {
      const expected = `an id that was never used; ${by} replaces ${old} in ${place}`;
      return [document.issueAt([section, old], expected, old, { atName: true })];
    }
    if (!Object.hasOwn(ids, by) || replaced.some((other) => other.section === section && other.old === old)) {
      return [];
    }
    return [
      document.issueAt([section, by], `replaces: [${old}] as in ${place}`, 'nothing', { atName: true }),
    ];
  });
}

/** Replaced ids that there never were. */
function unknownReplaces(document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  const before = replacedIds(last);
  return replacedIds(document).flatMap(({ section, old, path }) => {
    const ids = idsOf(section, last);
    const known = [
      ...Object.keys(ids).filter((id) => !Object.hasOwn(idsOf(section, document), id)),
      ...before.filter((other) => other.section === section).map((other) => other.old),
    ];
    if (known.includes(old) || Object.hasOwn(ids, old)) return [];
    return [
      document.issueAt(path, `${sectionWords[section]} that ${last.file} had: ${nameHint(old, known)}`, old),
    ];
  });
}

interface Rekinding {
  readonly path: MemberPath;
  readonly from: unknown;
  readonly to: unknown;
  readonly section: Section;
}

/** Ids that mean something else than before, so that what hosts have counted under them would be wrong. */
function rekindedIds(document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  return [
    ...kindChanges(document, last),
    ...meterChanges(document, last),
    ...offerChanges(document, last),
  ].map(({ path, from, to, section }) => {
    const [, id] = path;
    const place = placeOf(last.placeAt(path));
    const expected = `${shown(from)} as in ${place}, or ${sectionWords[section]} of another id with replaces: [${String(id)}]`;
    return document.issueAt(path, expected, shown(to));
  });
}

function kindChanges(document: YamlDocument, last: YamlDocument): readonly Rekinding[] {
  const kinds = idsOf('kinds', document);
  return Object.entries(idsOf('kinds', last)).flatMap(([id, kind]) =>
    Object.hasOwn(kinds, id)
      ? changedForms(kind, kinds[id]).map((change) => ({
          ...change,
          path: ['kinds', id, change.member],
          section: 'kinds' as const,
        }))
      : [],
  );
}

/** The members of a kind that say how an identity is written down. */
function changedForms(
  before: unknown,
  now: unknown,
): readonly { readonly member: string; readonly from: unknown; readonly to: unknown }[] {
  const [old, kind] = [membersOf(before), membersOf(now)];
  return [
    { member: 'form', from: old['form'], to: kind['form'] },
    // A byte order that was not stated before admits more notations and changes none.
    { member: 'byteOrder', from: old['byteOrder'] ?? kind['byteOrder'], to: kind['byteOrder'] },
    { member: 'keyed', from: old['keyed'] ?? false, to: kind['keyed'] ?? false },
  ].filter(({ from, to }) => from !== to);
}

function meterChanges(document: YamlDocument, last: YamlDocument): readonly Rekinding[] {
  const meters = idsOf('meters', document);
  const renamed = replacedIds(document).filter(({ section }) => section === 'kinds');
  /** A kind that only has a new name is the same kind. */
  const isSame = (from: unknown, to: unknown): boolean =>
    from === to ||
    (renamed.some(({ old, by }) => old === from && by === to) &&
      changedForms(idsOf('kinds', last)[String(from)], idsOf('kinds', document)[String(to)]).length === 0);
  return Object.entries(idsOf('meters', last)).flatMap(([id, meter]) => {
    if (!Object.hasOwn(meters, id)) return [];
    const [old, now] = [membersOf(meter), membersOf(meters[id])];
    const group = { from: membersOf(old['group'])['kind'], to: membersOf(now['group'])['kind'] };
    return [
      { path: ['meters', id, 'kind'], from: old['kind'], to: now['kind'] },
      // A group may come and go; who lives in it may not become something else.
      ...(group.from === undefined || group.to === undefined
        ? []
        : [{ path: ['meters', id, 'group', 'kind'], ...group }]),
    ]
      .filter(({ from, to }) => !isSame(from, to))
      .map((change) => ({ ...change, section: 'meters' as const }));
  });
}

/** Offers of another type: what was sold under them would seem to be something else. */
function offerChanges(document: YamlDocument, last: YamlDocument): readonly Rekinding[] {
  const offers = idsOf('offers', document);
  return Object.entries(idsOf('offers', last)).flatMap(([id, offer]) => {
    const [from, to] = [membersOf(offer)['type'], membersOf(offers[id])['type']];
    return !Object.hasOwn(offers, id) || from === to
      ? []
      : [{ path: ['offers', id, 'type'], from, to, section: 'offers' as const }];
  });
}

/** The catalog's number, which is equal when nothing changed and higher when anything did. */
function numberIssues(document: YamlDocument, last: YamlDocument): readonly DocumentIssue[] {
  const [now, before] = [membersOf(document.value), membersOf(last.value)];
  const [number, old] = [now['catalog'], before['catalog']];
  if (typeof number !== 'number' || typeof old !== 'number') return [];
  const place = placeOf(last.placeAt(['catalog']));
  const changed = firstChange({ ...before, catalog: 0 }, { ...now, catalog: 0 }, []);
  if (changed === undefined) {
    if (number === old) return [];
    const expected = `${String(old)} as in ${place}, since nothing else changed`;
    return [document.issueAt(['catalog'], expected, String(number))];
  }
  if (number > old) return [];
  const expected = `${String(old + 1)} or more, since ${formatPath(changed)} is not as in ${place}`;
  return [document.issueAt(['catalog'], expected, String(number))];
}

/** The path of the first member in which two values differ; the order of members says nothing. */
function firstChange(before: unknown, now: unknown, path: MemberPath): MemberPath | undefined {
  if (Array.isArray(before) && Array.isArray(now)) {
    const length = Math.max(before.length, now.length);
    return firstOf(Array.from({ length }, (_, i) => firstChange(before[i], now[i], [...path, i])));
  }
  if (!isObject(before) || !isObject(now)) return before === now ? undefined : path;
  const [old, members] = [membersOf(before), membersOf(now)];
  const names = new Set([...Object.keys(members), ...Object.keys(old)]);
  return firstOf([...names].map((name) => firstChange(old[name], members[name], [...path, name])));
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstOf = (changes: readonly (MemberPath | undefined)[]): MemberPath | undefined =>
  changes.find((change) => change !== undefined);
