import type { DocumentIssue } from './document-issue.js';
import { itemsOf, membersOf, sections, sectionWords, type Section } from './members.js';
import type { MemberPath, YamlDocument } from './yaml-document.js';

/** One id that another one stands for from now on. */
export interface ReplacedId {
  readonly section: Section;
  readonly old: string;
  /** The id that says `replaces`. */
  readonly by: string;
  readonly path: MemberPath;
}

/** Every id that a product document replaces. */
export function replacedIds({ value }: YamlDocument): readonly ReplacedId[] {
  const rules = membersOf(value);
  return sections.flatMap((section) =>
    Object.entries(membersOf(rules[section])).flatMap(([by, entry]) =>
      itemsOf(membersOf(entry)['replaces']).flatMap((old, i) =>
        typeof old === 'string' ? [{ section, old, by, path: [section, by, 'replaces', i] }] : [],
      ),
    ),
  );
}

/** What is wrong with the `replaces` of a document by itself: ids that it still has, and ids replaced twice. */
export function replacesIssues(document: YamlDocument): readonly DocumentIssue[] {
  const rules = membersOf(document.value);
  const all = replacedIds(document);
  return all.flatMap(({ section, old, by, path }, i) => {
    const word = sectionWords[section];
    if (Object.hasOwn(membersOf(rules[section]), old)) {
      const { line } = document.placeAt([section, old], true);
      const expected =
        old === by
          ? `the id that ${old} had before`
          : `${word} that is gone, but ${old} is still in line ${String(line)}`;
      return [document.issueAt(path, expected, old)];
    }
    const first = all.slice(0, i).find((other) => other.section === section && other.old === old);
    if (first === undefined) return [];
    return [document.issueAt(path, `${word} that nothing else replaces; ${first.by} does`, old)];
  });
}
