import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '@counterfoil/schemas';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openJournal, openJournalToAppend } from '../../../verifier/src/node/journal/journal.js';
import { formatLine, parseLine, readLines } from '../../../verifier/src/node/journal/line.js';
import type { InstallRecord } from '../../../verifier/src/node/journal/records.js';
import { currentAt, preloadedAt, replay } from '../../../verifier/src/node/journal/replay.js';
import { NOW } from '../../support/signing.js';
import { makeFolder } from '../verifier-cli/host.js';

const folder = makeFolder();
afterAll(folder.remove);
let count = 0;
function dataFolder(): { data: string; file: string } {
  const data = join(folder.path, String((count += 1)));
  mkdirSync(data);
  return { data, file: join(data, 'journal.1.log') };
}

const install = (revision: number, change: Partial<InstallRecord> = {}): InstallRecord => ({
  kind: 'install',
  at: NOW,
  product: 'backup',
  license: revision.toString(16).padStart(64, '0'),
  id: 'CF-7K2M-94QX-3',
  revision,
  type: 'commercial',
  from: 0,
  undo: 3,
  ...change,
});

/** The bytes of a record, as one write puts them down. */
const written = (value: object): Buffer => Buffer.from(`\n${formatLine({ after: '', ...value })}\n`);
const installsOf = (bytes: Uint8Array): number[] =>
  replay(readLines(bytes).lines, 'backup').installs.map(({ revision }) => revision);

describe('a line', () => {
  it('carries its own digest, and any change of it makes it void', () => {
    const text = formatLine(install(1));
    expect(parseLine(text)).toMatchObject({ text, value: { revision: 1 } });
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const changed = `${text.slice(0, at)}${String.fromCharCode(code)}${text.slice(at + 1)}`;
        expect(parseLine(changed) === undefined).toBe(changed !== text);
      }),
    );
  });

  it.each([
    ['no JSON', 'hello'],
    ['an empty object', '{}'],
    ['a digest of something else', `{"a":1,"digest":"${'A'.repeat(43)}"}`],
    ['two run together', formatLine({ a: 1 }) + formatLine({ a: 2 })],
    ['a list', '[1,2]'],
  ])('is not %s', (_, text) => {
    expect(parseLine(text)).toBeUndefined();
  });

  it('has a cap', () => {
    expect(() => formatLine({ text: 'x'.repeat(limits.journalLine) })).toThrow(RangeError);
  });

  it('is strict JSON, whatever its digest says', () => {
    const body = '{"a":1,"a":2}';
    const digest = /"digest":"(.*)"/.exec(formatLine({ a: 1 }))![1]!;
    expect(parseLine(`${body.slice(0, -1)},"digest":"${digest}"}`)).toBeUndefined();
    expect(() => formatLine({ a: 1.5 })).toThrowCode('json-number');
  });
});

describe('reading', () => {
  const whole = [1, 2, 3, 4].map((revision) => written(install(revision)));

  it('gives a prefix of the installs for any prefix of the file', () => {
    const bytes = Buffer.concat(whole);
    for (let end = 0; end <= bytes.length; end++) {
      const found = installsOf(bytes.subarray(0, end));
      expect(found).toEqual([1, 2, 3, 4].slice(0, found.length));
      // complete once its line feed is there, and not before
      const complete = whole.filter((_, i) => Buffer.concat(whole.slice(0, i + 1)).length <= end).length;
      expect(found).toHaveLength(complete);
    }
  });

  it('consumes only as far as the last line feed', () => {
    const bytes = Buffer.concat([whole[0]!, whole[1]!.subarray(0, 40)]);
    const first = readLines(bytes);
    expect([first.lines.length, first.broken]).toEqual([1, 0]);
    expect(first.consumed).toBe(whole[0]!.length + 1);
  });

  it('passes over any parts of writes between, before and after the lines: order alone decides', () => {
    const part = fc
      .tuple(fc.nat(3), fc.nat(400))
      .map(([i, length]) => whole[i]!.subarray(0, Math.min(length, whole[i]!.length - 2)));
    const gaps = fc.array(fc.array(part, { maxLength: 3 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(gaps, (torn) => {
        const bytes = Buffer.concat(torn.flatMap((parts, i) => [...parts, ...whole.slice(i, i + 1)]));
        // a part without a line feed at its end runs into the blank line before the next record, never into the record
        expect(installsOf(bytes)).toEqual([1, 2, 3, 4]);
      }),
    );
  });

  it('gives the same for any way in which writers take turns', () => {
    const turns = fc.array(fc.constantFrom(1, 2, 3, 4, 5), { maxLength: 12 });
    fc.assert(
      fc.property(turns, (revisions) => {
        const found = installsOf(Buffer.concat(revisions.map((revision) => written(install(revision)))));
        // each that is not older than the one before it in force
        const wanted: number[] = [];
        for (const revision of revisions) if (revision >= (wanted.at(-1) ?? 0)) wanted.push(revision);
        expect(found).toEqual(wanted);
      }),
    );
  });

  it('keeps lines of foreign kinds, and does not count them', () => {
    const bytes = Buffer.concat([
      whole[0]!,
      written({ kind: 'seat', at: NOW }),
      written({ kind: 'install', revision: 'two' }),
      written({ kind: 'batch', records: [7, null, install(2)] }),
      written({ kind: 'batch', records: 'none' }),
    ]);
    expect(readLines(bytes)).toMatchObject({ broken: 0, lines: { length: 5 } });
    expect(installsOf(bytes)).toEqual([1, 2]);
  });

  it('takes bytes that are no UTF-8 for a broken line', () => {
    const bytes = Buffer.concat([whole[0]!, Buffer.from([10, 0xff, 0xfe, 10]), whole[1]!]);
    expect(readLines(bytes)).toMatchObject({ broken: 1, lines: { length: 2 } });
  });
});

describe('what lines mean', () => {
  const linesOf = (...values: readonly object[]): ReturnType<typeof readLines>['lines'] =>
    readLines(Buffer.concat(values.map(written))).lines;

  it('an install that finds no room is void, with all of its line', () => {
    const first = { kind: 'first-use', at: NOW, product: 'backup', id: 'CF-7K2M-94QX-3', activated: NOW };
    const { installs, activated, floor } = replay(
      linesOf(install(2), {
        kind: 'batch',
        records: [install(1), first, { kind: 'clock', at: NOW, floor: NOW }],
      }),
      'backup',
    );
    expect([installs.length, activated.size, floor]).toEqual([1, 0, 0]);
  });

  it('an undo names the line that it undoes and where it leads, else it is void', () => {
    const [one, two] = [install(1), install(2)];
    const { digest } = linesOf(one, two)[1]!;
    const undo = { kind: 'undo', at: NOW, product: 'backup', undoes: digest, license: one.license };
    const after = (...more: readonly object[]): number[] =>
      replay(linesOf(one, two, ...more), 'backup').installs.map(({ revision }) => revision);
    expect(after(undo)).toEqual([1]);
    expect(after(undo, { ...undo, at: NOW + 1 })).toEqual([1]);
    expect(after({ ...undo, license: two.license })).toEqual([1, 2]);
    expect(after({ ...undo, at: NOW + 4 * 86_400 })).toEqual([1, 2]);
    expect(after(install(3), undo)).toEqual([1, 2, 3]);
    expect(after({ ...undo, product: 'other' })).toEqual([1, 2]);
  });

  it('the current license is the last whose time has come, the preloaded one the next', () => {
    const [now, later, latest] = [install(1), install(2, { from: 100 }), install(3, { from: 200 })];
    const at = (installs: readonly InstallRecord[], instant: number): (number | undefined)[] =>
      [currentAt(installs, instant), preloadedAt(installs, instant)].map((found) => found?.revision);
    expect(at([], 0)).toEqual([undefined, undefined]);
    expect(at([now, later, latest], 99)).toEqual([1, 2]);
    expect(at([now, later, latest], 100)).toEqual([2, 3]);
    expect(at([now, later, latest], 200)).toEqual([3, undefined]);
    expect(at([later], 5)).toEqual([2, undefined]);
    // installed after the one that waits: it is the one that was wanted last
    expect(at([later, install(4)], 500)).toEqual([4, undefined]);
  });
});

describe('a journal', () => {
  it('is made with a header, each line naming the one that its writer saw last', () => {
    const { data, file } = dataFolder();
    const journal = openJournalToAppend(data);
    journal.append([install(1)]);
    journal.append([install(2)]);
    journal.sync();
    journal.sync();
    const [header, one, two] = journal.lines();
    expect(header).toMatchObject({ value: { kind: 'header', format: 1, reducer: 1, after: '' } });
    expect([one?.value['after'], two?.value['after']]).toEqual([header?.digest, one?.digest]);
    expect(journal.head()).toMatchObject({ size: 3 });
    journal.close();
    expect(readFileSync(file, 'utf8')).toMatch(/^(\n\{.*\}\n){3}$/);
    expect(
      openJournal(data)
        .lines()
        .map(({ digest }) => digest),
    ).toEqual([header, one, two].map((l) => l?.digest));
  });

  it('reads on what others append, and never counts a line twice', () => {
    const { data, file } = dataFolder();
    const [a, b] = [openJournalToAppend(data), openJournalToAppend(data)];
    a.append([install(1)]);
    b.append([install(2)]);
    a.append([install(3)]);
    const text = readFileSync(file, 'utf8');
    appendFileSync(file, text);
    const journal = openJournal(data);
    // two headers: b had seen none
    expect(journal.lines()).toHaveLength(5);
    expect(replay(journal.lines(), 'backup')).toMatchObject({ gaps: 0, installs: { length: 3 } });
    expect(replay(journal.lines(), 'backup').ledger).toBe(a.lines()[0]?.value['ledger']);
    for (const each of [a, b, journal]) each.close();
  });

  it('goes on after half a header', () => {
    const { data, file } = dataFolder();
    writeFileSync(file, '\n{"kind":"hea');
    const journal = openJournalToAppend(data);
    journal.append([install(1)]);
    expect([journal.lines().length, journal.broken()]).toEqual([2, 1]);
    journal.close();
  });

  it('is empty where there is none, and says what cannot be read or written', () => {
    const { data, file } = dataFolder();
    const journal = openJournal(data);
    journal.sync();
    expect([journal.lines().length, journal.head().size]).toEqual([0, 0]);
    journal.close();
    mkdirSync(file);
    expect(() => openJournalToAppend(data)).toThrowCode('file-unwritable');
    expect(() => openJournal(data)).toThrowCode('file-unreadable');
  });

  it.runIf(process.platform !== 'win32')('is never a link to another file', () => {
    const { data, file } = dataFolder();
    const other = join(folder.path, 'other');
    writeFileSync(other, 'other');
    symlinkSync(other, file);
    expect(() => openJournalToAppend(data)).toThrowCode('file-unwritable');
    expect(readFileSync(other, 'utf8')).toBe('other');
  });

  it('of a newer version is read and not written', () => {
    const { data, file } = dataFolder();
    writeFileSync(file, written({ kind: 'header', format: 2, reducer: 1, ledger: 'AAAAAAAAAAAAAAAAAAAAAA' }));
    const journal = openJournalToAppend(data);
    expect(() => journal.append([install(1)])).toThrowCode('journal-newer');
    journal.close();
  });
});
