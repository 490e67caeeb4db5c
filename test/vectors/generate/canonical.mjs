// Canonical forms of identities (license-file.md, clause 11.1).
import { b64 } from './codec.mjs';
import { accept, file, token } from './documents.mjs';

const KINDS = {
  mailbox: { form: 'mail' },
  domain: { form: 'domain' },
  host: { form: 'host' },
  user: { form: 'text' },
  machine: { form: 'guid' },
  vm: { form: 'guid', byteOrder: 'rfc4122' },
  object: { form: 'guid', byteOrder: 'microsoft' },
};
export const licensed = (allowed) =>
  token((payload) => {
    payload.license.kinds = KINDS;
    if (allowed !== undefined) payload.license.allowed = allowed;
  });
const cache = new Map();
const open = () => licensed(undefined);
/** A question about one identity: `allowed`, `not-listed` or the code of an error; `canonical` where there is one. */
export function ask(name, clause, note, [kind, value], expectedIdentity, { allowed, canonical, pages } = {}) {
  const key = JSON.stringify(allowed ?? null);
  if (!cache.has(key)) cache.set(key, file({ license: allowed === undefined ? open() : licensed(allowed) }));
  return accept(name, clause, note, {
    file: cache.get(key),
    identity: { kind, value },
    ...(pages === undefined ? {} : { pages }),
    expected: { identity: expectedIdentity, ...(canonical === undefined ? {} : { canonical }) },
  });
}
const form = (name, note, kind, value, canonical) =>
  ask(`form-${name}`, 'LF-11.1', note, [kind, value], canonical === undefined ? 'identity-form' : 'allowed', {
    canonical,
  });

export const GUID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const guidBytes = Buffer.from(GUID.replaceAll('-', ''), 'hex');
const swapped = Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((i) => guidBytes[i]));
const forms = [
  form('guid', 'as it is written', 'machine', GUID, GUID),
  form('guid-upper', 'capitals', 'machine', GUID.toUpperCase(), GUID),
  form('guid-braces', 'braces', 'machine', `{${GUID}}`, GUID),
  form('guid-parentheses', 'parentheses', 'machine', `(${GUID})`, GUID),
  form('guid-urn', 'a URN', 'machine', `urn:uuid:${GUID}`, GUID),
  form('guid-urn-upper', 'a URN in capitals', 'machine', `URN:UUID:${GUID.toUpperCase()}`, GUID),
  form('guid-no-dashes', 'without dashes', 'machine', GUID.replaceAll('-', ''), GUID),
  form('guid-base64', 'base64 in the order of RFC 4122', 'vm', b64(guidBytes), GUID),
  form('guid-base64-microsoft', 'base64 in the order of Microsoft', 'object', b64(swapped), GUID),
  form('guid-base64-unstated', 'base64, and no byte order', 'machine', b64(guidBytes)),
  form('guid-text-with-order', 'text, where a byte order is stated', 'object', GUID, GUID),
  form('guid-open-brace', 'one brace', 'machine', `{${GUID}`),
  form('guid-short', 'a digit too few', 'machine', GUID.slice(0, -1)),
  form('guid-letter', 'a letter that is no digit', 'machine', GUID.replace('6', 'g')),
  form('guid-space', 'a space in front', 'machine', ` ${GUID}`),
  form('guid-full-width', 'digits of another script', 'machine', GUID.replace('6', '\uff16')),
  form('mail', 'as it is written', 'mailbox', 'anna@example.org', 'anna@example.org'),
  form('mail-upper', 'capitals', 'mailbox', 'Anna.Bell@Example.ORG', 'anna.bell@example.org'),
  form('mail-plus', 'a tag is part of the address', 'mailbox', 'anna+x@example.org', 'anna+x@example.org'),
  form(
    'mail-idn',
    'a domain beyond ASCII',
    'mailbox',
    'info@B\u00fccher.example',
    'info@xn--bcher-kva.example',
  ),
  form(
    'mail-idn-decomposed',
    'the same with a combining mark',
    'mailbox',
    'info@bu\u0308cher.example',
    'info@xn--bcher-kva.example',
  ),
  form(
    'mail-idn-ascii',
    'the same as an A-label',
    'mailbox',
    'info@xn--bcher-kva.example',
    'info@xn--bcher-kva.example',
  ),
  form(
    'mail-local-unicode',
    'a local part beyond ASCII, composed and folded',
    'mailbox',
    'Ju\u0308rgen@example.org',
    'j\u00fcrgen@example.org',
  ),
  form('mail-full-width', 'a domain in full-width letters', 'mailbox', 'a@\uff45xample.org', 'a@example.org'),
  form('mail-no-at', 'no at sign', 'mailbox', 'example.org'),
  form('mail-two-at', 'two at signs', 'mailbox', 'a@b@example.org'),
  form('mail-no-local', 'no local part', 'mailbox', '@example.org'),
  form('mail-no-domain', 'no domain', 'mailbox', 'anna@'),
  form('mail-name', 'a name besides', 'mailbox', 'Anna <anna@example.org>'),
  form('mail-address-literal', 'an address in brackets', 'mailbox', 'anna@[192.0.2.1]'),
  form('mail-ipv4', 'an address of digits', 'mailbox', 'anna@192.0.2.1'),
  form('mail-percent', 'a percent sign in the domain', 'mailbox', 'anna@ex%61mple.org'),
  form('mail-path', 'a slash after the domain', 'mailbox', 'anna@example.org/x'),
  form('domain', 'a domain', 'domain', 'Example.ORG', 'example.org'),
  form('domain-root-dot', 'the dot of the root', 'domain', 'example.org.', 'example.org'),
  form('domain-ideographic-dot', 'a dot of another script', 'domain', 'example\u3002org', 'example.org'),
  form(
    'domain-sharp-s',
    'a letter that IDNA 2008 keeps',
    'domain',
    'stra\u00dfe.example',
    'xn--strae-oqa.example',
  ),
  form('domain-underscore', 'an underscore', 'domain', '_dmarc.example.org'),
  form('domain-empty-label', 'an empty label', 'domain', 'example..org'),
  form('domain-hyphen', 'a label that begins with a hyphen', 'domain', '-example.org'),
  form('domain-label-64', 'a label of 64 characters', 'domain', `${'a'.repeat(64)}.org`),
  form('domain-port', 'a port', 'domain', 'example.org:25'),
  form('domain-number', 'a number that an address could be', 'domain', '0x7f000001'),
  form('host', 'a host name', 'host', 'MAIL01', 'mail01'),
  form(
    'host-underscore',
    'an underscore, as hosts have it',
    'host',
    'Mail_01.example.org',
    'mail_01.example.org',
  ),
  form('host-user', 'a user before the host', 'host', 'root@mail01'),
  form('text', 'any text', 'user', 'Anna Bell', 'Anna Bell'),
  form('text-nfc', 'composed', 'user', 'Ju\u0308rgen', 'J\u00fcrgen'),
  form('text-case', 'its case is kept', 'user', 'ANNA', 'ANNA'),
  form('text-empty', 'nothing', 'user', ''),
  form('text-control', 'a line feed', 'user', 'a\nb'),
  form('text-401', '401 characters', 'user', 'x'.repeat(401)),
  ask('kind-unknown', 'LF-11.1', 'a kind that the license does not have', ['printer', 'x'], 'identity-kind'),
  ask(
    'kind-constructor',
    'LF-11.1',
    'a kind by a name that objects inherit',
    ['constructor', 'x'],
    'identity-kind',
  ),
];

export const canonicalForms = () => forms;
