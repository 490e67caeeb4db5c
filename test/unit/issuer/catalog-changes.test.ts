import { checkProductDocument, parseProductDocument, placeOf } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';

const LAST = `schema: 1
id: mail-box
name: Mail Box
catalog: 3
kinds:
  mailbox: { form: guid, byteOrder: microsoft }
  device: { form: text, keyed: true }
roles:
  administrator: {}
operations:
  backup: { meters: [mailboxes] }
  hold: { feature: legal-hold }
states:
  active: [backup, hold@administrator]
pools:
  mailboxes: { label: Licenses }
meters:
  mailboxes: { pools: [mailboxes], kind: mailbox, group: { kind: device, size: 4 } }
features:
  legal-hold: {}
`;

/** The changes one after another, under the next catalog number. */
const changed = (...changes: readonly (readonly [string, string])[]): string =>
  [...changes, ['catalog: 3', 'catalog: 4'] as const].reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, LAST);

const errorsOf = (text: string, last = LAST): readonly string[] =>
  checkProductDocument({ text, file: 'new.yaml' }, { text: last, file: 'last.yaml' }).errors.map(
    (error) => `${placeOf(error)}: expected ${error.expected}, got ${error.actual}`,
  );

const RENAMED = changed(
  ['  mailboxes: { label: Licenses }', '  seats: { label: Licenses, replaces: [mailboxes] }'],
  ['pools: [mailboxes]', 'pools: [seats]'],
);

describe('against the last catalog', () => {
  it.each([
    ['the same text', LAST],
    [
      'another order of members, and comments',
      `# c\n${LAST.replace('id: mail-box\nname: Mail Box', 'name: Mail Box\nid: mail-box')}`,
    ],
    ['a new label', changed(['label: Licenses', 'label: Seats'])],
    ['a new operation', changed(['  hold:', '  restore: {}\n  hold:'])],
    ['a pool that replaces one', RENAMED],
    [
      'a kind under another name, in the same form',
      changed(
        ['  mailbox: { form: guid', '  box: { replaces: [mailbox], form: guid'],
        ['kind: mailbox', 'kind: box'],
      ),
    ],
    [
      'a meter of another kind under another id',
      changed(
        [
          '  mailboxes: { pools: [mailboxes], kind: mailbox',
          '  devices: { replaces: [mailboxes], pools: [mailboxes], kind: device',
        ],
        ['meters: [mailboxes]', 'meters: [devices]'],
      ),
    ],
    ['a byte order that was not stated', changed(), LAST.replace(', byteOrder: microsoft', '')],
    ['a group that goes', changed([', group: { kind: device, size: 4 }', ''])],
  ])('%s may follow', (_, text, last = LAST) => {
    expect(errorsOf(text, last)).toEqual([]);
  });

  it.each<[string, string, readonly string[], string?]>([
    [
      'another product',
      changed(['id: mail-box', 'id: mail-bag'], ['  hold:', '  keep:'], ['hold@', 'keep@']),
      ['new.yaml:2:5 id: expected "mail-box" as in last.yaml:2:5 id, got "mail-bag"'],
    ],
    [
      'a removed operation',
      changed(['  hold: { feature: legal-hold }\n', '  keep: { feature: legal-hold }\n'], ['hold@', 'keep@']),
      [
        'new.yaml:10:1 operations: expected an operation hold as in last.yaml:12:3 operations.hold, or one with replaces: [hold], got nothing',
      ],
    ],
    [
      'a renamed pool',
      changed(['  mailboxes: { label', '  mailboxs: { label'], ['pools: [mailboxes]', 'pools: [mailboxs]']),
      [
        'new.yaml:16:3 pools.mailboxs: expected a pool mailboxes as in last.yaml:16:3 pools.mailboxes, or one with replaces: [mailboxes], got mailboxs',
      ],
    ],
    [
      'a removed section',
      changed(['features:\n  legal-hold: {}\n', ''], ['{ feature: legal-hold }', '{}']),
      [
        'new.yaml:1:1 features: expected a feature legal-hold as in last.yaml:20:3 features.legal-hold, or one with replaces: [legal-hold], got nothing',
      ],
    ],
    [
      'a removed role',
      changed(['  administrator: {}', '  operator: {}'], ['@administrator', '@operator']),
      [
        'new.yaml:8:1 roles: expected a role administrator as in last.yaml:9:3 roles.administrator, or one with replaces: [administrator], got nothing',
      ],
    ],
    [
      'a kind of another form, byte order and secrecy',
      changed(['form: guid, byteOrder: microsoft', 'form: mail'], [', keyed: true', '']),
      [
        'new.yaml:6:3 kinds.mailbox.byteOrder: expected "microsoft" as in last.yaml:6:37 kinds.mailbox.byteOrder, or a kind of another id with replaces: [mailbox], got nothing',
        'new.yaml:6:20 kinds.mailbox.form: expected "guid" as in last.yaml:6:20 kinds.mailbox.form, or a kind of another id with replaces: [mailbox], got "mail"',
        'new.yaml:7:3 kinds.device.keyed: expected true as in last.yaml:7:32 kinds.device.keyed, or a kind of another id with replaces: [device], got false',
      ],
    ],
    [
      'a meter of another kind',
      changed(['kind: mailbox', 'kind: device']),
      [
        'new.yaml:18:42 meters.mailboxes.kind: expected "mailbox" as in last.yaml:18:42 meters.mailboxes.kind, or a meter of another id with replaces: [mailboxes], got "device"',
      ],
    ],
    [
      'a meter whose kind is replaced by one of another form',
      changed(
        ['  mailbox: { form: guid, byteOrder: microsoft', '  box: { replaces: [mailbox], form: mail'],
        ['kind: mailbox', 'kind: box'],
      ),
      [
        'new.yaml:18:42 meters.mailboxes.kind: expected "mailbox" as in last.yaml:18:42 meters.mailboxes.kind, or a meter of another id with replaces: [mailboxes], got "box"',
      ],
    ],
    [
      'a group of another kind',
      changed(['group: { kind: device', 'group: { kind: mailbox']),
      [
        'new.yaml:18:66 meters.mailboxes.group.kind: expected "device" as in last.yaml:18:66 meters.mailboxes.group.kind, or a meter of another id with replaces: [mailboxes], got "mailbox"',
      ],
    ],
    [
      'a replacement of what never was',
      changed(['label: Licenses', 'replaces: [seats]']),
      ['new.yaml:16:27 pools.mailboxes.replaces[0]: expected a pool that last.yaml had: none, got seats'],
    ],
    [
      'a misspelt replacement',
      RENAMED.replace('replaces: [mailboxes]', 'replaces: [mailboxs]'),
      [
        'new.yaml:15:1 pools: expected a pool mailboxes as in last.yaml:16:3 pools.mailboxes, or one with replaces: [mailboxes], got nothing',
        'new.yaml:16:40 pools.seats.replaces[0]: expected a pool that last.yaml had: mailboxes (did you mean that?), got mailboxs',
      ],
    ],
    [
      'a replaced id that comes back',
      RENAMED.replace('catalog: 4', 'catalog: 5')
        .replace(', replaces: [mailboxes]', '')
        .replace('meters:\n', '  mailboxes: {}\nmeters:\n'),
      [
        'new.yaml:17:3 pools.mailboxes: expected an id that was never used; seats replaces mailboxes in last.yaml:16:40 pools.seats.replaces[0], got mailboxes',
      ],
      RENAMED,
    ],
    [
      'a replacement that is forgotten',
      RENAMED.replace('catalog: 4', 'catalog: 5').replace(', replaces: [mailboxes]', ''),
      [
        'new.yaml:16:3 pools.seats: expected replaces: [mailboxes] as in last.yaml:16:40 pools.seats.replaces[0], got nothing',
      ],
      RENAMED,
    ],
    [
      'a change under the same number',
      LAST.replace('backup, hold@', 'hold@'),
      [
        'new.yaml:4:10 catalog: expected 4 or more, since states.active[0] is not as in last.yaml:4:10 catalog, got 3',
      ],
    ],
    [
      'a change under a lower number',
      changed(['label: Licenses', 'label: Seats']).replace('catalog: 4', 'catalog: 2'),
      [
        'new.yaml:4:10 catalog: expected 4 or more, since pools.mailboxes.label is not as in last.yaml:4:10 catalog, got 2',
      ],
    ],
    [
      'a higher number and no change',
      changed(),
      ['new.yaml:4:10 catalog: expected 3 as in last.yaml:4:10 catalog, since nothing else changed, got 4'],
    ],
  ])('%s may not follow', (_, text, errors, last) => {
    expect(errorsOf(text, last)).toEqual(errors);
  });

  it('is said together with what is wrong in the document itself', () => {
    const text = changed(['name: Mail', 'nam: Mail'], ['kind: mailbox', 'kind: device']);
    expect(errorsOf(text).map((error) => error.split(' expected')[0])).toEqual([
      'new.yaml:3:1 nam:',
      'new.yaml:18:42 meters.mailboxes.kind:',
    ]);
  });

  it('wants a last catalog without errors', () => {
    expect(() => errorsOf(LAST, LAST.replace('guid', 'giud'))).toThrowCode('document-invalid');
    expect(() => errorsOf(LAST, LAST.replace('name:', 'name'))).toThrowCode('document-invalid');
  });

  it('is signed with the rest', () => {
    expect(parseProductDocument(RENAMED, 'new.yaml').pools).toEqual({
      seats: { label: 'Licenses', replaces: ['mailboxes'] },
    });
  });
});
