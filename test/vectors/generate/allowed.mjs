// Lists and domains (license-file.md, clause 11.2).
import { ask, GUID } from './canonical.mjs';

const LIST = {
  mailbox: { list: ['anna@example.org', 'info@xn--bcher-kva.example'] },
  machine: { list: [GUID] },
};
const DOMAINS = {
  mailbox: { domains: ['example.org', '*.example.net', 'xn--bcher-kva.example'] },
  host: { domains: ['*.lan.example.org'] },
};
const listed = (name, note, question, answer, allowed, more = {}) =>
  ask(`allowed-${name}`, 'LF-11.2', note, question, answer, { allowed, ...more });
const lists = [
  listed('list', 'on the list', ['mailbox', 'Anna@Example.org'], 'allowed', LIST, {
    canonical: 'anna@example.org',
  }),
  listed('list-idn', 'on the list, in letters', ['mailbox', 'info@b\u00fccher.example'], 'allowed', LIST),
  listed('list-not', 'not on the list', ['mailbox', 'bert@example.org'], 'not-listed', LIST),
  listed(
    'list-guid',
    'on the list, in another notation',
    ['machine', `{${GUID.toUpperCase()}}`],
    'allowed',
    LIST,
  ),
  listed('list-other-kind', 'a kind without a list is free', ['user', 'anyone'], 'allowed', LIST),
  listed('list-empty', 'an empty list admits nobody', ['mailbox', 'anna@example.org'], 'not-listed', {
    mailbox: { list: [] },
  }),
  listed('no-form', 'an entry without a form admits nobody', ['mailbox', 'anna@example.org'], 'not-listed', {
    mailbox: {},
  }),
  listed('list-constructor', 'a name that objects inherit', ['user', 'constructor'], 'not-listed', {
    user: { list: ['a'] },
  }),
  listed('domain', 'of an allowed domain', ['mailbox', 'x@example.org'], 'allowed', DOMAINS),
  listed(
    'domain-below',
    'below a domain that is listed without a star',
    ['mailbox', 'x@mail.example.org'],
    'not-listed',
    DOMAINS,
  ),
  listed('domain-suffix', 'a domain that ends alike', ['mailbox', 'x@notexample.org'], 'not-listed', DOMAINS),
  listed('domain-star', 'below a star', ['mailbox', 'x@a.example.net'], 'allowed', DOMAINS),
  listed('domain-star-deep', 'far below a star', ['mailbox', 'x@a.b.c.example.net'], 'allowed', DOMAINS),
  listed(
    'domain-star-itself',
    'the domain of the star itself',
    ['mailbox', 'x@example.net'],
    'not-listed',
    DOMAINS,
  ),
  listed(
    'domain-star-suffix',
    'a domain that ends like the star',
    ['mailbox', 'x@aexample.net'],
    'not-listed',
    DOMAINS,
  ),
  listed('domain-idn', 'a domain beyond ASCII', ['mailbox', 'X@B\u00dcCHER.example'], 'allowed', DOMAINS),
  listed(
    'domain-in-local',
    'an allowed domain in the local part',
    ['mailbox', 'example.org@evil.example'],
    'not-listed',
    DOMAINS,
  ),
  listed('domain-host', 'a host below a star', ['host', 'mail01.lan.example.org'], 'allowed', DOMAINS),
  listed('domain-of-text', 'domains say nothing of a kind of text', ['user', 'x@example.org'], 'not-listed', {
    user: { domains: ['example.org'] },
  }),
  listed('list-or-domain', 'one form that admits is enough', ['mailbox', 'x@example.org'], 'allowed', {
    mailbox: { list: ['anna@example.org'], domains: ['example.org'] },
  }),
];

export const allowedLists = () => lists;
