import { readdirSync, readFileSync } from 'node:fs';
import { describeProduct, parseProductDocument } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';
import { catalogPath } from '../../support/vendor.js';

const shown = (text: string): readonly string[] => describeProduct(parseProductDocument(text, 'p.yaml'));
const example = (name: string): string => shown(readFileSync(catalogPath(`${name}.yaml`), 'utf8')).join('\n');

/** One meter in words. */
function meterWords(meter: string, kind = 'user: { form: mail, label: User }'): string {
  const lines = shown(`schema: 1
id: a
name: A
catalog: 1
kinds: { ${kind}, device: { form: text } }
operations: { sync: { label: Synchronise, meters: [seats] } }
states: { active: [sync] }
pools: { seats: { label: Seats }, spare-seats: {} }
meters: { seats: { pools: [seats], kind: ${kind.split(':')[0] ?? ''}, ${meter} } }
`);
  return lines
    .slice(3, lines.indexOf('  Counting is compiled and signed, not yet enforced.'))
    .join(' ')
    .replace(/\s+/g, ' ');
}

describe('catalog show', () => {
  it('explains the mailbox product', () => {
    expect(example('mailbox-backup').split('\n')).toEqual([
      'Mailbox Backup (mailbox-backup, catalog 1)',
      '',
      'What is counted',
      '  Mailboxes',
      '    One license for each mailbox, counted at its first “Back up a mailbox”; can',
      '    be given back after 30 days. Taken from “Mailbox licenses”. No more than',
      '    were bought. After a renewal for fewer the first in the alphabet keep',
      '    theirs.',
      '  Public folders',
      '    One license for every started 512 MiB of each public folder, counted at its',
      '    first “Back up a public folder”; can be given back all at once, those that',
      '    are at least 30 days old. What is empty takes none. What gets smaller gives',
      '    nothing back; only growth takes more. Taken from “Mailbox licenses”. No more',
      '    than were bought. After a renewal for fewer the first in the alphabet keep',
      '    theirs.',
      '  Counting is compiled and signed, not yet enforced.',
      '',
      'What each state allows',
      '  no license     nothing',
      '  not yet begun  Restore',
      '  trial          everything',
      '  active         everything',
      '  grace          everything',
      '  expired        Restore',
      '  trial is over  nothing',
      '  suspended      Restore',
      '  revoked        Restore',
      '',
      'Trial',
      '  30 days, started by the product itself, without a file, with 100 of “Mailbox',
      '  licenses”.',
      '',
      'Policies',
      '  When the clock was wrong for 7 days, a warning is shown.',
      '  A newly installed file can be undone for 7 days.',
      '',
      'Links',
      '  buy: https://shop.example/mailbox-backup',
      '  help: https://www.example/mailbox-backup/licensing',
    ]);
  });

  it.each(readdirSync(catalogPath('.')).filter((name) => name.endsWith('.yaml')))(
    '%s has at most 80 columns, and no word of the format',
    (name) => {
      const text = example(name.replace('.yaml', ''));
      for (const line of text.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/undefined|null|\[object|first-use|per: |all-eligible/);
    },
  );

  it('says who may, and what is the same as before', () => {
    const text = example('endpoint-backup');
    expect(text).toContain(
      '\n  no license     Sign in (Administrator only)\n  not yet begun  as in: no license\n',
    );
    expect(text).toContain('\n  active         as in: trial\n');
    expect(text).toContain('Legal hold, needed for “Place a legal hold”; each may end on its own.');
    expect(text).toContain('Each license covers up to 4 devices; each device can be');
    expect(text).toContain('Never counted:');
  });

  it.each([
    ['cost: { type: fixed, units: 25 }', '25 licenses for each user, '],
    [
      'cost: { type: size, bytes: 1000, per: meter }',
      'every started 1,000 bytes of all together, counted by user, ',
    ],
    ['cost: { type: size, bytes: 1610612736, per: identity }', 'every started 1,536 MiB of each user, '],
    ['cost: { type: size, bytes: 5497558138880, per: identity }', 'every started 5 TiB of each user, '],
    [
      'cost: { type: beyond, included: 2, per: identity }',
      'each unit of each user beyond the first 2, which are free, ',
    ],
    ['cost: { type: beyond, included: 1, per: meter }', 'each user beyond the first, which is free, '],
    ['cost: { type: beyond, included: 0, per: meter }', 'One license for each user, '],
    [
      'takes: { type: condition, condition: first-archive }',
      'counted when the product reports: first archive; ',
    ],
    [
      'takes: { type: evaluation, days: 1, when: always }',
      'counted at its first “Synchronise” (a new user is free for 1 day); ',
    ],
    ['release: { type: never }', '; never given back.'],
    [
      'release: { type: hold, days: 0, sameDay: true }',
      '; can be given back at any time, on the day itself free.',
    ],
    ['release: { type: hold, days: 0, mode: all-eligible }', '; can be given back all at once.'],
    ['release: { type: reasons, reasons: [left-us] }', '; can be given back only for: left us.'],
    ['limit: { type: hard }', '; never given back.'],
    [
      'limit: { type: slack, percent: 10, atLeast: 5, days: 30 }',
      'up to 10 % or 5 more, whichever is larger, for 30 days; then no more.',
    ],
    ['limit: { type: postpaid }', 'Never denied: it is counted, and paid afterwards (postpaid).'],
    ['group: { kind: device, size: 1 }', 'Each license covers one device. No more'],
    [
      'group: { kind: device, size: 2, release: { type: never } }',
      'Each license covers up to 2 devices; each device is never given back.',
    ],
    ['platforms: [macos, plan-9]', 'Only on macOS, plan-9.'],
    ['overflow: oldest-first', 'After a renewal for fewer those counted first keep theirs.'],
  ])('%s is: %s', (meter, words) => {
    expect(meterWords(meter)).toContain(words);
  });

  it.each([
    ['host: { form: host, label: Host with an agent }', 'covers up to 3 of “host with an agent”'],
    ['company: { form: text }', 'covers up to 3 companies'],
    ['box: { form: text, label: VM }', 'covers up to 3 of “VM”'],
    ['mailbox: { form: guid }', 'covers up to 3 mailboxes'],
  ])('%s %s', (kind, words) => {
    const id = kind.split(':')[0] ?? '';
    expect(meterWords(`group: { kind: ${id}, size: 3 }`, kind)).toContain(words);
  });

  it('names the states that have no row by what no license allows', () => {
    const lines = shown(
      'schema: 1\nid: a\nname: A\ncatalog: 1\noperations: { read-all: {}, write: {} }\nstates: { none: [read-all], active: [write] }\n',
    );
    expect(lines).toContain('  expired        read all');
    expect(lines).toContain('  active         everything');
    expect(lines).toContain('  nothing');
    expect(lines).toContain('  none that the product starts by itself');
  });

  it('says what the policies do', () => {
    const text = shown(
      'schema: 1\nid: a\nname: A\ncatalog: 1\noperations: { b: {} }\nstates: { active: [b] }\npolicies: { mode: advisory, clock: { days: 1, then: expire }, status: { days: 45, then: expire }, ledger: { days: 3 }, undo: 1 }\n',
    ).join('\n');
    expect(text).toContain('Nothing is denied; what would have been is counted (advisory).');
    expect(text).toContain('When the clock was wrong for 1 day, the license counts as expired.');
    expect(text).toContain('When the status list is older than 45 days, the license counts as expired.');
    expect(text).toContain('A ledger that lags behind only warns for 3 days.');
    expect(text).toContain('A newly installed file can be undone for 1 day.');
  });

  it('breaks words without end, but no link', () => {
    const link = `https://shop.example/${'a'.repeat(100)}`;
    const lines = shown(
      `schema: 1\nid: a\nname: ${'ß'.repeat(200)}\ncatalog: 1\noperations: { b: {} }\nstates: { active: [b] }\nlinks: { buy: "${link}" }\n`,
    );
    expect(lines.filter((line) => Array.from(line).length > 80)).toEqual([`  buy: ${link}`]);
  });
});
