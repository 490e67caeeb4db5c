import { encodeBase64url, isJsonObject, type JsonValue } from '@counterfoil/schemas';
import { formatInstant } from '../../format-instant.js';
import { openJournal } from '../../journal/journal.js';
import type { JournalLine } from '../../journal/line.js';
import { recordsOf } from '../../journal/records.js';
import { replay } from '../../journal/replay.js';
import { usingJournal } from '../install/install.js';

/** The kinds that stand in a line, also those that this version does not know. */
function kindsOf({ value }: JournalLine): readonly string[] {
  const { kind, records } = value;
  const all: readonly JsonValue[] =
    kind === 'batch' && Array.isArray(records) ? (records as readonly JsonValue[]) : [value];
  return all.map((record) => {
    const named = isJsonObject(record) ? record['kind'] : undefined;
    return typeof named === 'string' && /^[a-z][a-z-]{0,31}$/.test(named) ? named : 'of no known form';
  });
}

function countKinds(lines: readonly JournalLine[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const kind of lines.flatMap(kindsOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${kind}: ${String(count)}`);
}

/** What a journal holds, in numbers, without what it says of anybody. Throws the codes of reading files. */
export function journalDigest(folder: string): readonly string[] {
  return usingJournal(openJournal(folder), (journal) => {
    const lines = journal.lines();
    const { gaps, newer } = replay(lines, '');
    const instants = lines.flatMap(({ value }) =>
      recordsOf(value).flatMap((record) => ('at' in record ? [record.at] : [])),
    );
    const { size, root } = journal.head();
    const installs = lines.flatMap(({ value }) =>
      recordsOf(value).flatMap((record) => (record.kind === 'install' ? [record] : [])),
    );
    return [
      `lines: ${String(size)}, tree head ${encodeBase64url(root)}`,
      `broken texts: ${String(journal.broken())}; gaps: ${String(gaps)}; written by a newer version: ${newer ? 'yes' : 'no'}`,
      ...(instants.length === 0
        ? []
        : [
            `first instant ${formatInstant(Math.min(...instants))}, last ${formatInstant(Math.max(...instants))}`,
          ]),
      ...countKinds(lines),
      ...installs.map(
        ({ at, id, revision, type, from, end, license }) =>
          `install at ${formatInstant(at)}: ${id}, revision ${String(revision)}, ${type}, from ${formatInstant(from)}, ` +
          `end ${end === undefined ? 'none' : formatInstant(end)}, file ${license}`,
      ),
    ];
  });
}
