import { checkProductDocument, placeOf } from '@counterfoil/issuer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** A small product without errors. */
const PRODUCT = `schema: 1
id: mail-box
name: Mail Box
catalog: 3
kinds:
  mailbox: { form: guid, byteOrder: microsoft }
  device: { form: text }
roles:
  administrator: { label: Administrator }
operations:
  backup: { label: Back up, meters: [mailboxes] }
  restore: { label: Restore, reads: true }
  hold: { feature: legal-hold }
states:
  none: []
  active: [backup, restore, hold@administrator]
  expired: [restore]
pools:
  mailboxes: { label: Licenses }
meters:
  mailboxes:
    pools: [mailboxes]
    kind: mailbox
    cost: { type: size, bytes: 1024, per: identity }
    group: { kind: device, size: 4 }
    takes: { type: first-use }
    release: { type: hold, days: 30 }
    limit: { type: hard }
    overflow: alphabetical
features:
  legal-hold: { label: Legal hold }
policies:
  clock: { days: 7, then: warn }
links:
  buy: https://shop.example/
trial:
  days: 30
  pools: { mailboxes: 10 }
`;

/** What is wrong · what is changed · into what · every error, with its place. */
const WRONG: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'a member without its colon',
    'name: Mail Box',
    'name Mail Box',
    ['3:1: expected a name and a colon, got a line without a colon behind its name'],
  ],
  [
    'a list that is not closed',
    'pools: [mailboxes]',
    'pools: [mailboxes',
    [
      '23:5: expected ] at the end of what was begun above, got the next line',
      '23:11: expected one name and colon in a line, got a second one, or a line before is not closed',
    ],
  ],
  [
    'a tab instead of spaces',
    '  backup:',
    '\tbackup:',
    [
      '11:1: expected spaces, got a tab',
      '12:1: expected the indentation of the lines around, got another one',
      '13:1: expected the indentation of the lines around, got another one',
    ],
  ],
  [
    'a text with a colon that is not quoted',
    'label: Back up',
    'label: Back: up',
    ['11:20: expected } or ], and texts with a colon in quotes, got something else'],
  ],
  [
    'a second document',
    'schema: 1',
    '---\na: 1\n---\nschema: 1',
    ['3:1: expected one document, got a second one behind ---'],
  ],
  [
    'an alias of nothing',
    'expired: [restore]',
    'expired: *all',
    ['17:12: expected a value that stands above with &all, got *all alone'],
  ],
  [
    'an unknown tag',
    'days: 30\n',
    'days: !days 30\n',
    ['37:9: expected a value without a tag, got an unknown tag behind !'],
  ],
  [
    'a member that stands there twice',
    'catalog: 3',
    'catalog: 3\nname: Mailbox',
    ['5:1 name: expected name once (it is in line 3 already), got a second one'],
  ],
  [
    'a number that would be rounded',
    'mailboxes: 10',
    'mailboxes: 99999999999999999999',
    [
      '38:23 trial.pools.mailboxes: expected an integer between -(2^53 - 1) and 2^53 - 1, got 99999999999999999999',
    ],
  ],
  [
    'a section under a misspelt name',
    'operations:',
    'operatoins:',
    ['10:1 operatoins: expected operations (did you mean that?), got the unknown member operatoins'],
  ],
  [
    'a member that does not exist',
    'catalog: 3',
    'catalog: 3\nprice: 9',
    [
      '5:1 price: expected one of schema, id, name, catalog, kinds, operations, states, roles, pools, meters, features, policies, links, trial, critical, currency, offers, selfService, got the unknown member price',
    ],
  ],
  ['a member that is missing', 'catalog: 3\n', '', ['1:1 catalog: expected this member, got nothing']],
  ['a name that is empty', 'name: Mail Box', 'name:', ['3:1 name: expected a text, got nothing (null)']],
  ['a schema of the future', 'schema: 1', 'schema: 2', ['1:9 schema: expected 1, got 2']],
  [
    'an id with capitals',
    'id: mail-box',
    'id: Mail_Box',
    ['2:5 id: expected an id of lower case letters, digits and single dashes, got "Mail_Box"'],
  ],
  [
    'an id of a section with capitals',
    'mailbox: { form: guid',
    'MailBox: { form: guid',
    ['6:3 kinds.MailBox: expected an id of lower case letters, digits and single dashes, got "MailBox"'],
  ],
  [
    'a catalog number that is a text',
    'catalog: 3',
    "catalog: '3'",
    ['4:10 catalog: expected an integer, got "3"'],
  ],
  ['a catalog number of zero', 'catalog: 3', 'catalog: 0', ['4:10 catalog: expected 1 or more, got 0']],
  [
    'an unknown form',
    'form: guid',
    'form: giud',
    ['6:20 kinds.mailbox.form: expected guid (did you mean that?), got "giud"'],
  ],
  [
    'an unknown byte order',
    'byteOrder: microsoft',
    'byteOrder: little',
    ['6:37 kinds.mailbox.byteOrder: expected one of rfc4122, microsoft, got "little"'],
  ],
  [
    'an unknown state',
    '  expired: [',
    '  expird: [',
    ['17:3 states.expird: expected expired (did you mean that?), got the unknown member expird'],
  ],
  [
    'a text where a list belongs',
    'expired: [restore]',
    'expired: restore',
    ['17:12 states.expired: expected a list: [restore], got "restore"'],
  ],
  [
    'an operation that is misspelt',
    'expired: [restore]',
    'expired: [restor]',
    ['17:13 states.expired[0]: expected an operation: restore (did you mean that?), got restor'],
  ],
  [
    'a role that is misspelt',
    'hold@administrator',
    'hold@admin',
    ['16:29 states.active[2]: expected a role: administrator (did you mean that?), got admin'],
  ],
  [
    'an entry that is no operation',
    'expired: [restore]',
    'expired: [Restore]',
    [
      '17:13 states.expired[0]: expected an operation, for everyone or for one role: backup, sign-in@administrator, got "Restore"',
    ],
  ],
  [
    'a word where true or false belongs',
    'reads: true',
    'reads: yes',
    ['12:37 operations.restore.reads: expected true or false, got "yes"'],
  ],
  [
    'a pool that is misspelt',
    'pools: [mailboxes]',
    'pools: [mailboxs]',
    ['22:13 meters.mailboxes.pools[0]: expected a pool: mailboxes (did you mean that?), got mailboxs'],
  ],
  [
    'a meter without pools',
    'pools: [mailboxes]',
    'pools: []',
    ['22:12 meters.mailboxes.pools: expected a list of 1 or more, got a list of 0'],
  ],
  [
    'a kind that does not exist',
    'kind: mailbox',
    'kind: user',
    ['23:11 meters.mailboxes.kind: expected a kind: one of mailbox, device, got user'],
  ],
  [
    'a group of a kind that does not exist',
    'kind: device',
    'kind: devise',
    ['25:20 meters.mailboxes.group.kind: expected a kind: device (did you mean that?), got devise'],
  ],
  [
    'a meter that does not exist',
    'meters: [mailboxes]',
    'meters: [seats]',
    ['11:38 operations.backup.meters[0]: expected a meter: mailboxes, got seats'],
  ],
  [
    'a feature that is misspelt',
    'feature: legal-hold',
    'feature: legalhold',
    ['13:20 operations.hold.feature: expected a feature: legal-hold (did you mean that?), got legalhold'],
  ],
  [
    'a cost of an unknown type',
    'type: size',
    'type: sized',
    ['24:19 meters.mailboxes.cost.type: expected size (did you mean that?), got "sized"'],
  ],
  [
    'a size without its rounding',
    ', per: identity }',
    ' }',
    ['24:5 meters.mailboxes.cost.per: expected this member, got nothing'],
  ],
  [
    'a negative number of days',
    'days: 30 }',
    'days: -1 }',
    ['27:34 meters.mailboxes.release.days: expected 0 or more, got -1'],
  ],
  [
    'half a day',
    'days: 30 }',
    'days: 0.5 }',
    ['27:34 meters.mailboxes.release.days: expected an integer, got 0.5'],
  ],
  [
    'a misspelt member of a rule',
    'days: 30 }',
    'day: 30 }',
    ['27:28 meters.mailboxes.release.day: expected days (did you mean that?), got the unknown member day'],
  ],
  [
    'an unknown overflow',
    'overflow: alphabetical',
    'overflow: newest',
    ['29:15 meters.mailboxes.overflow: expected one of alphabetical, oldest-first, choose, got "newest"'],
  ],
  [
    'an unknown policy',
    'then: warn',
    'then: stop',
    ['33:27 policies.clock.then: expected one of warn, expire, got "stop"'],
  ],
  [
    'a link that is not https',
    'https://shop',
    'http://shop',
    [
      '35:8 links.buy: expected a link that begins with https:// or mailto:, without spaces, got "http://shop.example/"',
    ],
  ],
  [
    'a trial of a pool that does not exist',
    'mailboxes: 10',
    'seats: 10',
    ['38:12 trial.pools.seats: expected a pool: mailboxes, got seats'],
  ],
  [
    'a replacement of an id that is still there',
    'label: Licenses',
    'replaces: [mailboxes]',
    ['19:27 pools.mailboxes.replaces[0]: expected the id that mailboxes had before, got mailboxes'],
  ],
  [
    'two replacements of one id',
    'form: guid, byteOrder: microsoft }\n  device: { form: text }',
    'form: guid, replaces: [a] }\n  device: { form: text, replaces: [a] }',
    ['7:36 kinds.device.replaces[0]: expected a kind that nothing else replaces; mailbox does, got a'],
  ],
  [
    'a replacement where nothing has an id for life',
    'clock: {',
    'replaces: [a]\n  clock: {',
    [
      '33:3 policies.replaces: expected one of mode, clock, status, ledger, undo, got the unknown member replaces',
    ],
  ],
  ['nothing at all', PRODUCT, '', ['1:1: expected an object, got nothing (null)']],
  ['a list of products', PRODUCT, '- id: a\n', ['1:1: expected an object, got a list of 1']],
  [
    'five things at once',
    PRODUCT,
    PRODUCT.replace('name: Mail Box', 'nam: Mail Box')
      .replace('form: text', 'form: txt')
      .replace('[restore]', '[restor]')
      .replace('kind: mailbox', 'kind: malibox')
      .replace('mailboxes: 10', 'mailboxs: ten'),
    [
      '3:1 nam: expected name (did you mean that?), got the unknown member nam',
      '7:19 kinds.device.form: expected text (did you mean that?), got "txt"',
      '17:13 states.expired[0]: expected an operation: restore (did you mean that?), got restor',
      '23:11 meters.mailboxes.kind: expected a kind: mailbox (did you mean that?), got malibox',
      '38:12 trial.pools.mailboxs: expected a pool: mailboxes (did you mean that?), got mailboxs',
      '38:22 trial.pools.mailboxs: expected an integer, got "ten"',
    ],
  ],
];

describe('a wrong catalog is told the place and the words to mend it', () => {
  it('of which there are more than thirty', () => {
    expect(WRONG.length).toBeGreaterThan(30);
    expect(checkProductDocument({ text: PRODUCT, file: 'p.yaml' })).toMatchObject({
      product: { id: 'mail-box' },
      errors: [],
    });
  });

  it.each(WRONG)('%s', (_, from, to, errors) => {
    expect(PRODUCT).toContain(from);
    const check = checkProductDocument({ text: PRODUCT.replace(from, to), file: 'p.yaml' });
    expect(check.errors.map((e) => `${placeOf(e)}: expected ${e.expected}, got ${e.actual}`)).toEqual(
      errors.map((error) => `p.yaml:${error}`),
    );
    expect(check).not.toHaveProperty('product');
  });

  it('whatever stands where: there is an answer and no fault, also against another', () => {
    const { product } = checkProductDocument({ text: PRODUCT, file: 'p.yaml' });
    const rules: Record<string, unknown> = { ...product };
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(...Object.values(rules)));
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(rules)), value);
    const inner = fc.record({
      section: fc.constantFrom('pools', 'meters', 'kinds', 'states', 'operations', 'offers'),
      value,
    });
    const file = 'p.yaml';
    fc.assert(
      fc.property(changes, inner, (change, { section, value: x }) => {
        const text = JSON.stringify({
          ...rules,
          [section]: { mailboxes: x, mailbox: x, active: x, a: x },
          ...change,
        });
        const check = checkProductDocument({ text, file }, { text: PRODUCT, file: 'last.yaml' });
        expect(check.product === undefined).toBe(check.errors.length > 0);
        for (const { line, column } of [...check.errors, ...check.warnings]) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
    );
  });
});
