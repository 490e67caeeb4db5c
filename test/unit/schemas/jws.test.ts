import {
  formatCompactJws,
  formatGeneralJws,
  headerFor,
  parseCompactJws,
  parseGeneralJws,
  signingInputOf,
} from '@counterfoil/schemas';
import { describe, expect, it } from 'vitest';

const KID = 'A'.repeat(43);
const GOOD = { alg: 'EdDSA', kid: KID, typ: 'license+jwt' };
const b64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
const SIGNATURE = b64(new Uint8Array(64));
const token = (header: unknown): string =>
  `${b64(typeof header === 'string' ? header : JSON.stringify(header))}.${b64('{}')}.${SIGNATURE}`;

describe('parseCompactJws (LF-4.1 to LF-4.4)', () => {
  it('takes a token apart without a look at its payload', () => {
    const jws = parseCompactJws(`${b64(JSON.stringify(GOOD))}.not base64.${SIGNATURE}`, 'license');
    expect(jws.header).toEqual(GOOD);
    expect(jws.payload).toBe('not base64');
    expect(Buffer.from(jws.signingInput).toString()).toBe(`${b64(JSON.stringify(GOOD))}.not base64`);
    expect(jws.signature).toHaveLength(64);
  });

  it('reads both names of the algorithm', () => {
    expect(parseCompactJws(token({ ...GOOD, alg: 'Ed25519' }), 'license').header.alg).toBe('Ed25519');
  });

  it('does not take a header that was read for one document for another', () => {
    parseCompactJws(token(GOOD), 'license');
    expect(() => parseCompactJws(token(GOOD), 'product')).toThrowCode('typ-mismatch');
  });

  it('keeps no more headers than a bound', () => {
    for (let i = 0; i < 200; i++) parseCompactJws(token({ ...GOOD, kid: String(i) }), 'license');
    expect(parseCompactJws(token(GOOD), 'license').header).toEqual(GOOD);
  });

  it.each([
    ['header-crit', { ...GOOD, crit: ['exp'] }],
    ['header-key', { ...GOOD, jwk: {} }],
    ['header-key', { ...GOOD, jku: 'https://example.com' }],
    ['header-key', { ...GOOD, x5u: 'https://example.com' }],
    ['header-key', { ...GOOD, x5c: [] }],
    ['header-key', { ...GOOD, x5t: '' }],
    ['header-key', { ...GOOD, 'x5t#S256': '' }],
    ['header-member', { ...GOOD, b64: false }],
    ['header-member', { ...GOOD, zip: 'DEF' }],
    ['header-member', { ...GOOD, cty: 'JWT' }],
    ['header-value', { alg: 'EdDSA', kid: KID }],
    ['header-value', { alg: 'EdDSA', typ: 'license+jwt' }],
    ['header-value', { kid: KID, typ: 'license+jwt' }],
    ['header-value', { ...GOOD, kid: 7 }],
    ['header-value', { ...GOOD, typ: null }],
    ['typ-mismatch', { ...GOOD, typ: 'JWT' }],
    ['typ-mismatch', { ...GOOD, typ: 'product+jwt' }],
    ['typ-mismatch', { ...GOOD, typ: '' }],
    ['alg-not-allowed', { ...GOOD, alg: 'none' }],
    ['alg-not-allowed', { ...GOOD, alg: 'HS256' }],
    ['alg-not-allowed', { ...GOOD, alg: 'eddsa' }],
    ['json-duplicate-key', `{"alg":"none","alg":"EdDSA","kid":"${KID}","typ":"license+jwt"}`],
    ['json-forbidden-key', `{"__proto__":{},"alg":"EdDSA","kid":"${KID}","typ":"license+jwt"}`],
    ['json-object', '[]'],
    ['json-syntax', '{'],
    ['json-syntax', ''],
  ])('refuses with %s: %j', (code, header) => {
    expect(() => parseCompactJws(token(header), 'license')).toThrowCode(code);
  });

  it.each([
    ['jws-parts', 'AA.AA'],
    ['jws-parts', 'AA'],
    ['jws-parts', `${token(GOOD)}.AA`],
    ['base64url', `${b64(JSON.stringify(GOOD))}=.AA.${SIGNATURE}`],
    ['base64url', `${b64(JSON.stringify(GOOD))}.AA.${SIGNATURE.slice(0, -1)}B`],
    ['jws-signature', `${b64(JSON.stringify(GOOD))}.AA.${SIGNATURE}AA`],
    ['jws-signature', `${b64(JSON.stringify(GOOD))}.AA.`],
    ['document-too-large', `${'A'.repeat(262_143)}.A`],
  ])('refuses with %s', (code, text) => {
    expect(() => parseCompactJws(text, 'license')).toThrowCode(code);
  });
});

describe('parseGeneralJws (LF-4.8)', () => {
  const ROOT = { alg: 'EdDSA', kid: KID, typ: 'trust-root+jws' };
  const entry = { protected: b64(JSON.stringify(ROOT)), signature: SIGNATURE };

  it('takes a document apart', () => {
    const jws = parseGeneralJws(JSON.stringify({ payload: 'AA', signatures: [entry, entry] }), 'trust-root');
    expect(jws.signatures).toHaveLength(2);
    expect(jws.payload).toBe('AA');
    expect(Buffer.from(jws.signatures[0]!.signingInput).toString()).toBe(`${entry.protected}.AA`);
  });

  it.each([
    ['jws-general', []],
    ['jws-general', { payload: 'AA' }],
    ['jws-general', { payload: 'AA', signatures: [] }],
    ['jws-general', { payload: 'AA', signatures: {} }],
    ['jws-general', { payload: 'AA', signatures: Array(17).fill(entry) }],
    ['jws-general', { payload: 7, signatures: [entry] }],
    ['jws-general', { payload: 'AA', signatures: [entry], more: 1 }],
    ['jws-general', { payload: 'AA', signatures: [{ ...entry, header: {} }] }],
    ['jws-general', { payload: 'AA', signatures: [{ protected: entry.protected }] }],
    ['jws-general', { payload: 'AA', signatures: ['AA'] }],
    ['jws-general', { payload: 'AA', signatures: [{ ...entry, signature: 1 }] }],
    ['typ-mismatch', { payload: 'AA', signatures: [{ ...entry, protected: b64(JSON.stringify(GOOD)) }] }],
    ['jws-signature', { payload: 'AA', signatures: [{ ...entry, signature: 'AA' }] }],
  ])('refuses with %s: %j', (code, value) => {
    expect(() => parseGeneralJws(JSON.stringify(value), 'trust-root')).toThrowCode(code);
  });

  it('refuses what is too large', () => {
    expect(() => parseGeneralJws(' '.repeat(32_769), 'trust-root')).toThrowCode('document-too-large');
  });
});

describe('writing', () => {
  it('writes the header that every library knows, and gives what is signed', () => {
    const header = headerFor('license', KID);
    const input = signingInputOf(header, new TextEncoder().encode('{}'));
    const text = formatCompactJws({
      protected: input.protected,
      payload: input.payload,
      signature: SIGNATURE,
    });
    const jws = parseCompactJws(text, 'license');
    expect(jws.header).toEqual(GOOD);
    expect(jws.signingInput).toEqual(input.bytes);
  });

  it('joins signatures over one payload only', () => {
    const input = signingInputOf(headerFor('trust-root', KID), new TextEncoder().encode('{}'));
    const part = { protected: input.protected, payload: input.payload, signature: SIGNATURE };
    expect(parseGeneralJws(formatGeneralJws([part, part]), 'trust-root').signatures).toHaveLength(2);
    expect(() => formatGeneralJws([])).toThrowCode('jws-general');
    expect(() => formatGeneralJws([part, { ...part, payload: 'AA' }])).toThrowCode('jws-general');
  });
});
