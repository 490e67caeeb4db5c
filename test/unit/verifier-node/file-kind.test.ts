import { kindOfFile } from '@counterfoil/verifier/node';
import { describe, expect, it } from 'vitest';
import { goodFile, kitFile, makeVendor, productOf, signCompact } from '../../support/signing.js';

const vendor = makeVendor();
const product = signCompact(vendor.issuing, 'product', productOf());
const binary = (...bytes: readonly number[]): string => String.fromCharCode(...bytes);

describe('kindOfFile', () => {
  it.each([
    ['a license', goodFile(vendor)],
    ['a license', `License: CF-1\n\n${goodFile(vendor)}`],
    ['a license', goodFile(vendor).replaceAll('\n', '\r\n')],
    ['a kit', kitFile([vendor.root], product)],
    ['a file of trust roots', kitFile([vendor.root])],
    ['a bare trust root', vendor.root],
    ['a key file, which stays with the vendor', '{\n  "counterfoil": "key",\n  "version": 1 }'],
    ['a JSON Web Key', '{"kty":"OKP","crv":"Ed25519"}'],
    ['a PEM private key', '-----BEGIN PRIVATE KEY-----\nMC4C\n'],
    ['a PEM public key', '-----BEGIN PUBLIC KEY-----\nMC4C\n'],
    ['a PEM certificate', 'Bag Attributes\n-----BEGIN CERTIFICATE-----\nMIIB\n'],
    ['a ZIP archive', binary(0x50, 0x4b, 3, 4, 20)],
    ['a gzip archive', binary(0x1f, 0x8b, 8)],
    ['a PDF document', '%PDF-1.7\n'],
    ['an Outlook message or old Office document', binary(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['a picture', binary(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
    ['a rich-text document', '{\\rtf1\\ansi'],
    ['an HTML page', '\n <!DOCTYPE html><html>'],
    ['an XML document', '<?xml version="1.0"?>'],
    ['identity pages', 'counterfoil identity pages 1\nroot x'],
    ['a saved e-mail', `Received: from a\nSubject: your license\n\n${goodFile(vendor)}`],
    ['a saved e-mail', `From a@b Mon\nMessage-ID: <1>\n\ntext`],
    [undefined, ''],
    [undefined, 'something else'],
    [undefined, '-----BEGIN COUNTERFOIL NOTHING-----\n'],
    [undefined, product],
  ])('says %s', (kind, text) => {
    expect(kindOfFile(Buffer.from(text, 'latin1'))).toBe(kind);
  });
});
