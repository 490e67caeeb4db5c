import { readdirSync, readFileSync } from 'node:fs';
import type { DocumentError } from '@counterfoil/issuer';
import { parseOrder, parseOrderDocument, parseProductDocument, placeOf } from '@counterfoil/issuer';
import { describe, expect, it } from 'vitest';
import { catalogPath } from '../../support/vendor.js';

const read = (name: string): string => readFileSync(catalogPath(name), 'utf8');
const yaml = (folder: string): string[] =>
  readdirSync(catalogPath(folder)).filter((name) => name.endsWith('.yaml'));

/** Every issue as `place | expected | got`. */
function issuesOf(parse: () => unknown): string[] {
  expect(parse).toThrowCode('document-invalid');
  try {
    parse();
  } catch (error) {
    return (error as DocumentError).issues.map(
      (issue) => `${placeOf(issue)} | ${issue.expected} | ${issue.actual}`,
    );
  }
  return [];
}

const ORDER = 'product: a\ncustomer: { id: C1, name: x }\nterm: { duration: P12M }\n';
const order = (text: string): string[] => issuesOf(() => parseOrderDocument(text, 'o.yaml'));
const product = (from: string, to: string): string[] =>
  issuesOf(() => parseProductDocument(read('mailbox-backup.yaml').replace(from, to), 'p.yaml'));

describe('the examples', () => {
  it.each(yaml('.'))('%s is a product document', (name) => {
    expect(parseProductDocument(read(name), name).id).toBe(name.replace('.yaml', ''));
  });

  it.each(yaml('orders'))('orders/%s orders its product', (name) => {
    expect(parseOrderDocument(read(`orders/${name}`), name).product).toBe(name.replace('.yaml', ''));
  });

  it('are five of each', () => {
    expect(yaml('.')).toEqual(yaml('orders'));
    expect(yaml('.')).toHaveLength(5);
  });
});

describe('an order document', () => {
  it('says all that is wrong at once, with line, column and path', () => {
    expect(
      order('product: a\ncustomer: {id: C1, nam: x}\nterm: {duratoin: P12M}\npools: {mailboxes: -1}\n'),
    ).toEqual([
      'o.yaml:2:20 customer.nam | name (did you mean that?) | the unknown member nam',
      'o.yaml:3:8 term.duratoin | duration (did you mean that?) | the unknown member duratoin',
      'o.yaml:4:20 pools.mailboxes | 0 or more | -1',
    ]);
  });

  it('is told of the form that was probably meant', () => {
    const text = `${ORDER.replace('duration: P12M', 'lastDay: 2026-13-01')}pools:\n  m: [{ id: A, quantity: 1.5 }]\n`;
    expect(order(text)).toEqual([
      'o.yaml:3:18 term.lastDay | a calendar date | "2026-13-01"',
      'o.yaml:5:13 pools.m[0].id | an id of lower case letters, digits and single dashes | "A"',
      'o.yaml:5:26 pools.m[0].quantity | an integer | 1.5',
    ]);
  });

  it.each([
    [
      'two members of one name',
      'product: a\nproduct: b\n',
      'o.yaml:2:1 product | product once (it is in line 1 already) | a second one',
    ],
    ['a broken list', `${ORDER}grace: [a\n`, ' | ] at the end of what was begun above | '],
    ['two documents', `${ORDER}---\n${ORDER}`, ' | one document | a second one behind ---'],
    ['an unknown tag', `${ORDER}grace: !days 3\n`, 'o.yaml:4:8 | a value without a tag | '],
    ['nothing', '', 'o.yaml:1:1 | an object | nothing (null)'],
    ['a list', '- a\n', 'o.yaml:1:1 | an object | a list of 1'],
    ['a missing member', 'product: a\nterm: { perpetual: true }\n', 'customer | this member | nothing'],
    ['an empty member', ORDER.replace('{ id: C1, name: x }', ''), 'customer | an object | nothing (null)'],
    [
      'a number that JavaScript would round',
      `${ORDER}pools: { m: 99999999999999999999 }`,
      'o.yaml:4:13 pools.m | an integer between',
    ],
    ['an unknown kind', `${ORDER}kind: comercial`, 'kind | commercial (did you mean that?) | "comercial"'],
    ['a name that is no id', `${ORDER}pools: { B C: 1 }`, 'pools.B C | an id of lower case letters'],
    ['a term of two forms', ORDER.replace('P12M', 'P12M, perpetual: true'), 'term.perpetual'],
    [
      'a blow-up of aliases',
      `a: &a [x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${'*a,'.repeat(9)}${i === 0 ? '' : `*b${i - 1},`.repeat(9)}]\n`).join('')}`,
      'few aliases',
    ],
    ['a prototype', `${ORDER}__proto__: { kind: trial }`, '__proto__'],
  ])('refuses %s', (_, text, part) => {
    expect(order(text).join('\n')).toContain(part);
  });

  it('is checked alike when it comes from options, without lines', () => {
    expect(issuesOf(() => parseOrder({ product: 'A' }, 'options')).sort()).toEqual([
      'options customer | this member | nothing',
      'options product | an id of lower case letters, digits and single dashes | "A"',
      'options term | this member | nothing',
    ]);
  });
});

describe('a product document', () => {
  it.each([
    [
      'an unknown member',
      'operations:',
      'operatoins:',
      'p.yaml:12:1 operatoins | operations (did you mean that?)',
    ],
    ['an unknown member inside', 'type: hard', 'type: hard, x: 1', 'limit.x | type | the unknown member x'],
    [
      'an unknown type',
      'type: hold, days',
      'type: holt, days',
      'release.type | hold (did you mean that?) | "holt"',
    ],
    [
      'a misspelt member of a type',
      'type: hold, days: 30, mode',
      'type: hold, day: 30, mode',
      'release.day | days (did you mean that?)',
    ],
    ['a wrong form', 'form: text', 'form: txt', 'kinds.public-folder.form | text (did you mean that?)'],
    [
      'a pool that is none',
      'pools: [mailboxes]',
      'pools: [mailboxs]',
      'pools[0] | a pool: mailboxes (did you mean that?) | mailboxs',
    ],
    [
      'a kind that is none',
      'kind: mailbox',
      'kind: postbox',
      'meters.mailboxes.kind | a kind: one of mailbox, public-folder | postbox',
    ],
    [
      'a meter that is none',
      'meters: [mailboxes]',
      'meters: [users]',
      'operations.backup.meters[0] | a meter',
    ],
    [
      'a feature that is none',
      'label: Create a backup job',
      'feature: jobs',
      'operations.create-job.feature | a feature: none | jobs',
    ],
    [
      'an operation that is none',
      'expired: [restore]',
      'expired: [restor]',
      'states.expired[0] | an operation: restore',
    ],
    [
      'a role that is none',
      'expired: [restore]',
      'expired: [restore@admin]',
      'states.expired[0] | a role: none | admin',
    ],
    [
      'a trial of a pool that is none',
      'pools: { mailboxes: 100 }',
      'pools: { seats: 1 }',
      'trial.pools.seats | a pool: mailboxes',
    ],
    [
      'a group of a kind that is none',
      'overflow: alphabetical',
      'group: { kind: device, size: 4 }',
      'group.kind | a kind',
    ],
    ['a schema of the future', 'schema: 1', 'schema: 2', 'schema | 1 | 2'],
  ])('refuses %s', (_, from, to, part) => {
    expect(product(from, to).join('\n')).toContain(part);
  });
});
