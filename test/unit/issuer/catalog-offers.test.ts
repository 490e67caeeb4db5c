import { readFileSync } from 'node:fs';
import { checkProductDocument, describeProduct, parseCatalogDocument, placeOf } from '@counterfoil/issuer';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../../issuer/src/catalog/describe/format-money.js';

const RULES = `schema: 1
id: mail-box
name: Mail Box
catalog: 3
kinds: { mailbox: { form: guid } }
operations: { backup: { meters: [mailboxes] }, hold: { feature: legal-hold } }
states: { active: [backup, hold] }
pools: { mailboxes: { label: Mailbox licenses } }
meters: { mailboxes: { pools: [mailboxes], kind: mailbox } }
features: { legal-hold: { label: Legal hold } }
`;
const OFFERS = `currency: EUR
offers:
  annual:
    type: subscription
    term: P12M
    grace: P14D
    renewal: from-now
    pools: { mailboxes: 10 }
    price: { amount: 9900, per: unit }
  site:
    type: perpetual
    features: [legal-hold]
  more:
    type: pack
    for: [annual, site]
    pools: { mailboxes: 5 }
`;

const check = (offers: string, last?: string) =>
  checkProductDocument(
    { text: `${RULES}${offers}`, file: 'p.yaml' },
    last === undefined ? undefined : { text: `${RULES}${last}`, file: 'last.yaml' },
  );
const errorsOf = (offers: string, last?: string): readonly string[] =>
  check(offers, last).errors.map((e) => `${placeOf(e)}: expected ${e.expected}, got ${e.actual}`);
const changed = (from: string, to: string): string => {
  expect(OFFERS).toContain(from);
  return OFFERS.replace(from, to);
};

/** The schemas as they are published: what is signed stays open, so that it can grow. */
function published(): ReturnType<Ajv2020['compile']> {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  for (const name of ['rules', 'product']) ajv.addSchema(schema(name));
  return ajv.compile(schema('catalog'));
}
const schema = (name: string): AnySchemaObject =>
  JSON.parse(
    readFileSync(new URL(`../../../schemas/json/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as AnySchemaObject;

describe('offers', () => {
  it('are in the published schema, beside the rules that it refers to', () => {
    const isCatalog = published();
    const { product, sales } = parseCatalogDocument(`${RULES}${OFFERS}`, 'p.yaml');
    const catalog = { ...product, ...sales };
    expect(isCatalog(product)).toBe(true);
    expect(isCatalog(catalog)).toBe(true);
    expect(isCatalog({ ...catalog, price: 9 })).toBe(false);
    expect(isCatalog({ ...catalog, id: 'No Id' })).toBe(false);
    expect(isCatalog({ ...catalog, offers: { site: { type: 'perpetual', grace: 'P1D' } } })).toBe(false);
  });

  it('stand in the product document, and not among the rules that are signed', () => {
    const { product, sales } = parseCatalogDocument(`${RULES}${OFFERS}`, 'p.yaml');
    expect(Object.keys(product)).toEqual(
      'schema id name catalog kinds operations states pools meters features'.split(' '),
    );
    expect(Object.keys(sales)).toEqual(['currency', 'offers']);
    expect(sales.offers?.['annual']).toMatchObject({ type: 'subscription', renewal: 'from-now' });
    expect(parseCatalogDocument(RULES, 'p.yaml')).toEqual({ product, sales: {} });
  });

  it.each<[string, string, string, readonly string[]]>([
    [
      'a section under a misspelt name',
      'offers:',
      'ofers:',
      ['12:1 ofers: expected offers (did you mean that?), got the unknown member ofers'],
    ],
    [
      'an unknown type',
      'type: pack',
      'type: bundle',
      ['24:11 offers.more.type: expected one of trial, subscription, perpetual, pack, got "bundle"'],
    ],
    [
      'a misspelt type',
      'type: perpetual',
      'type: perpetaul',
      ['21:11 offers.site.type: expected perpetual (did you mean that?), got "perpetaul"'],
    ],
    [
      'an offer without a type, whose members are not blamed for it',
      'type: pack',
      'renewal: from-now',
      ['23:3 offers.more.type: expected this member, got nothing'],
    ],
    [
      'a subscription without a term',
      '    term: P12M\n',
      '',
      ['13:3 offers.annual.term: expected this member, got nothing'],
    ],
    [
      'a term of something without end',
      'type: perpetual',
      'type: perpetual\n    term: P1Y',
      [
        '22:5 offers.site.term: expected no term where the type is perpetual, only where it is trial or subscription, got the member term',
      ],
    ],
    [
      'grace of a pack, which is no misspelt price',
      'type: pack',
      'type: pack\n    grace: P1D',
      [
        '25:5 offers.more.grace: expected no grace where the type is pack, only where it is subscription, got the member grace',
      ],
    ],
    [
      'a pack for something, that is none',
      'features: [legal-hold]',
      'for: [annual]',
      [
        '22:5 offers.site.for: expected no for where the type is perpetual, only where it is pack, got the member for',
      ],
    ],
    [
      'a member that no offer has',
      'type: perpetual',
      'type: perpetual\n    seats: 4',
      [
        '22:5 offers.site.seats: expected one of type, label, pools, features, price, replaces, got the unknown member seats',
      ],
    ],
    [
      'a misspelt renewal',
      'renewal: from-now',
      'renewal: from-expiery',
      ['17:14 offers.annual.renewal: expected from-expiry (did you mean that?), got "from-expiery"'],
    ],
    [
      'a duration that is none',
      'term: P12M',
      'term: 12 months',
      [
        '15:11 offers.annual.term: expected a calendar duration of ISO 8601 without a time part: P12M, P1Y, P14D, got "12 months"',
      ],
    ],
    [
      'no time at all',
      'term: P12M',
      'term: P0Y0M',
      ['15:11 offers.annual.term: expected at least a day, got P0Y0M'],
    ],
    [
      'a pool that is misspelt',
      'pools: { mailboxes: 5 }',
      'pools: { mailboxs: 5 }',
      ['26:14 offers.more.pools.mailboxs: expected a pool: mailboxes (did you mean that?), got mailboxs'],
    ],
    [
      'a quantity of nothing',
      'mailboxes: 5',
      'mailboxes: 0',
      ['26:25 offers.more.pools.mailboxes: expected 1 or more, got 0'],
    ],
    [
      'a feature that is misspelt',
      '[legal-hold]',
      '[legalhold]',
      ['22:16 offers.site.features[0]: expected a feature: legal-hold (did you mean that?), got legalhold'],
    ],
    [
      'an offer that is misspelt',
      '[annual, site]',
      '[anual, site]',
      ['25:11 offers.more.for[0]: expected an offer: annual (did you mean that?), got anual'],
    ],
    [
      'a pack for a pack',
      '[annual, site]',
      '[more]',
      ['25:11 offers.more.for[0]: expected an offer that is no pack, got the pack more'],
    ],
    [
      'a price without a currency',
      'currency: EUR\n',
      '',
      [
        '18:5 offers.annual.price: expected the member currency at the top of the document, such as currency: EUR, got a price without a currency',
      ],
    ],
    [
      'a currency in small letters',
      'EUR',
      'eur',
      ['11:11 currency: expected a currency of ISO 4217: three capital letters, got "eur"'],
    ],
    [
      'an amount with a fraction',
      '9900',
      '99.5',
      ['19:22 offers.annual.price.amount: expected an integer, got 99.5'],
    ],
    ['an amount below zero', '9900', '-1', ['19:22 offers.annual.price.amount: expected 0 or more, got -1']],
    [
      'a price for what is not known',
      'per: unit',
      'per: seat',
      ['19:33 offers.annual.price.per: expected one of offer, unit, got "seat"'],
    ],
    [
      'an id with capitals',
      '  site:',
      '  Site:',
      ['20:3 offers.Site: expected an id of lower case letters, digits and single dashes, got "Site"'],
    ],
    [
      'a replacement of an offer that is still there',
      'type: perpetual',
      'type: perpetual\n    replaces: [annual]',
      [
        '22:16 offers.site.replaces[0]: expected an offer that is gone, but annual is still in line 13, got annual',
      ],
    ],
  ])('%s', (_, from, to, errors) => {
    expect(errorsOf(OFFERS)).toEqual([]);
    expect(errorsOf(changed(from, to))).toEqual(errors.map((error) => `p.yaml:${error}`));
  });
});

describe('offers against the last catalog', () => {
  const bump = (offers: string): readonly string[] =>
    checkProductDocument(
      { text: `${RULES.replace('catalog: 3', 'catalog: 4')}${offers}`, file: 'new.yaml' },
      { text: `${RULES}${OFFERS}`, file: 'last.yaml' },
    ).errors.map((e) => `${placeOf(e)}: expected ${e.expected}, got ${e.actual}`);

  it('may change their price, and be replaced', () => {
    expect(bump(changed('9900', '10900'))).toEqual([]);
    expect(
      bump(changed('  site:\n', '  whole-site:\n    replaces: [site]\n').replace('annual, site', 'annual')),
    ).toEqual([]);
  });

  it('may not go, or become something else; the number rises with a price', () => {
    const gone = changed('  site:\n    type: perpetual\n    features: [legal-hold]\n', '').replace(
      ', site',
      '',
    );
    expect(bump(gone)).toEqual([
      'new.yaml:12:1 offers: expected an offer site as in last.yaml:20:3 offers.site, or one with replaces: [site], got nothing',
    ]);
    expect(bump(changed('type: perpetual', 'type: trial\n    term: P30D'))).toEqual([
      'new.yaml:21:11 offers.site.type: expected "perpetual" as in last.yaml:21:11 offers.site.type, or an offer of another id with replaces: [site], got "trial"',
    ]);
    expect(errorsOf(changed('9900', '10900'), OFFERS)).toEqual([
      'p.yaml:4:10 catalog: expected 4 or more, since offers.annual.price.amount is not as in last.yaml:4:10 catalog, got 3',
    ]);
  });
});

describe('an offer that gives nothing', () => {
  const emptyIn = (text: string): readonly string[] =>
    checkProductDocument({ text, file: 'p.yaml' })
      .warnings.filter(({ code }) => code === 'offer-empty')
      .map((warning) => `${placeOf(warning)}: ${warning.message}`);
  const BARE = 'offers: { monthly: { type: subscription, term: P1M } }\n';

  it('is warned of where something is counted ahead', () => {
    expect(emptyIn(`${RULES}${OFFERS}`)).toEqual([]);
    expect(emptyIn(`${RULES}${BARE}`)).toEqual([
      'p.yaml:11:11 offers.monthly: the offer gives nothing: monthly',
    ]);
    expect(emptyIn(`${RULES}offers: { more: { type: pack } }\n`)).toEqual([
      'p.yaml:11:11 offers.more: the offer gives nothing: more',
    ]);
  });

  it('is none where a pack adds to it, where it is paid afterwards, and where nothing is counted', () => {
    const packed = BARE.replace('P1M }', 'P1M }, more: { type: pack, pools: { mailboxes: 1 } }');
    expect(emptyIn(`${RULES}${packed}`)).toEqual([]);
    expect(
      emptyIn(`${RULES.replace('kind: mailbox }', 'kind: mailbox, limit: { type: postpaid } }')}${BARE}`),
    ).toEqual([]);
    const plain = 'schema: 1\nid: a\nname: A\ncatalog: 1\noperations: { b: {} }\nstates: { active: [b] }\n';
    expect(emptyIn(`${plain}${BARE}`)).toEqual([]);
  });
});

describe('catalog show tells the offers', () => {
  const wordsOf = (offers: string): string => {
    const { product, sales } = parseCatalogDocument(`${RULES}${offers}`, 'p.yaml');
    const lines = describeProduct(product, sales);
    const next = lines.indexOf('What customers may do in the portal');
    return lines.slice(lines.indexOf('Offers') + 1, next - 1).join('\n');
  };

  it('in the words of a salesperson', () => {
    expect(wordsOf(OFFERS).split('\n')).toEqual([
      '  annual (annual): subscription for 12 months, 14 days of grace, renewal from',
      '  the day it is renewed; 10 mailbox licenses; 99.00 EUR for each.',
      '  site (site): without end; “Legal hold”; no price is stated.',
      '  more (more): pack on top of “annual” or “site”; 5 mailbox licenses; no price',
      '  is stated.',
      '  What an order says itself, such as another term, holds in place of the offer.',
      '  Prices are without tax; the portal asks for them before it hands out a file.',
    ]);
  });

  it.each([
    ['a: { type: trial, term: P30D }', 'a (a): trial for 30 days; quantities by the order.'],
    [
      'a: { type: subscription, label: Yearly, term: P1Y6M, renewal: from-now-if-expired }',
      'Yearly (a): subscription for 1 year and 6 months, no grace, renewal from the last day, or from the day it is renewed once it is over; quantities',
    ],
    [
      'a: { type: pack, pools: { mailboxes: 1 } }',
      'a (a): pack on top of any offer; 1 of “Mailbox licenses”.',
    ],
    [
      'a: { type: pack, pools: { mailboxes: 1500 }, price: { amount: 123456789, per: offer } }',
      '1,500 mailbox licenses; 1,234,567.89 USD, whatever the quantity.',
    ],
  ])('%s', (offer, words) => {
    const text = `${offer.includes('price') ? 'currency: USD\n' : ''}offers: { ${offer} }\n`;
    expect(wordsOf(text).replace(/\s+/g, ' ')).toContain(words);
  });

  it('with as many digits as the currency has, to the last one', () => {
    expect(formatMoney(9900, 'EUR')).toBe('99.00 EUR');
    expect(formatMoney(5, 'EUR')).toBe('0.05 EUR');
    expect(formatMoney(0, 'JPY')).toBe('0 JPY');
    expect(formatMoney(1500, 'JPY')).toBe('1,500 JPY');
    expect(formatMoney(1234, 'KWD')).toBe('1.234 KWD');
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'EUR')).toBe('90,071,992,547,409.91 EUR');
  });
});
