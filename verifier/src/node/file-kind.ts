import { documentOfLabel, type DocumentName } from '@counterfoil/schemas';

const DOCUMENTS: Readonly<Record<DocumentName, string>> = {
  license: 'a license',
  product: 'a kit',
  'trust-root': 'a file of trust roots',
  'status-list': 'a status list',
  'identity-pages': 'identity pages',
  request: 'a license request',
  receipt: 'a license receipt',
  grant: 'a grant',
};

/** What a file is by its first bytes, the most particular first. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^PK\x03\x04[^]{26}\[Content_Types\]\.xml/, 'a Word, Excel or PowerPoint document'],
  [/^PK(\x03\x04|\x05\x06|\x07\x08)/, 'a ZIP archive'],
  [/^%PDF-/, 'a PDF document'],
  [/^\x1f\x8b/, 'a gzip archive'],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7-Zip archive'],
  [/^Rar!\x1a\x07/, 'a RAR archive'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'an Outlook message or old Office document'],
  [/^\x89PNG\r\n|^\xff\xd8\xff|^GIF8[79]a/, 'a picture'],
  [/^\{\\rtf/, 'a rich-text document'],
  [/^counterfoil identity pages /, 'identity pages'],
  [/^\s*\{[^]*"counterfoil"\s*:\s*"key"/, 'a key file, which stays with the vendor'],
  [/^\s*\{\s*"(payload|signatures)"\s*:/, 'a bare trust root'],
  [/^\s*\{[^]*"kty"\s*:/, 'a JSON Web Key'],
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, 'a PEM private key'],
  [/-----BEGIN PUBLIC KEY-----/, 'a PEM public key'],
  [/-----BEGIN (TRUSTED )?CERTIFICATE-----/, 'a PEM certificate'],
  [/^\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)\b/i, 'an HTML page'],
  [/^\s*(\xef\xbb\xbf)?\s*<\?xml\b/i, 'an XML document'],
];
const HEAD = 4096;

const isMail = (head: string): boolean =>
  /^([A-Za-z][A-Za-z-]*: |From )/.test(head) && /^(Message-ID|MIME-Version|Received|From): /im.test(head);

/**
 * What a file looks like, in words, or undefined when it looks like nothing known; a guess for people, and nothing rests on it.
 */
export function kindOfFile(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  // A mail may carry the armor in its body; what stands first says what the file is.
  if (isMail(head)) return 'a saved e-mail';
  const label = /^-----BEGIN (COUNTERFOIL [A-Z ]+)-----\r?$/m.exec(head)?.[1];
  if (label !== undefined) {
    const document = documentOfLabel(label);
    return document === undefined ? undefined : DOCUMENTS[document];
  }
  return SIGNS.find(([sign]) => sign.test(head))?.[1];
}
