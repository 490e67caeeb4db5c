import { createHash } from 'node:crypto';
import {
  decodeBase64url,
  decodeBody,
  decodeUtf8,
  formatLicenseId,
  parseCompactJws,
  parseFile,
  parseGeneralJws,
} from '@counterfoil/schemas';
import {
  explainLicense,
  identityDigest,
  lastDayAfter,
  lastDayFrom,
  formatDate,
  openShard,
  openTrust,
  parseDate,
  parseDuration,
  verifyLicense,
  canonicalIdentity,
  type Trust,
  type VerifyContext,
} from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import { pagesLayout } from '@counterfoil/schemas';
import { describe, expect, it } from 'vitest';
import { fenceOf, readText } from './markdown.js';

const spec = readText('schemas/spec/license-file.md');
const text = fenceOf(spec, 'text example.lic');
const { blocks } = parseFile(text);
const rootText = decodeUtf8(decodeBody(blocks[1]!), 'trust-root');
const INSTANT = 1_782_864_000;

const trustOf = (): Trust => openTrust(nodeEngine, [rootText]);
const context = (): VerifyContext => ({
  engine: nodeEngine,
  trust: trustOf(),
  product: 'acme-backup',
  host: {},
  now: INSTANT,
});
const claimsOf = (payload: string): unknown =>
  JSON.parse(decodeUtf8(decodeBase64url(payload, 'payload'), 'payload'));
const shown = (info: string): unknown => JSON.parse(fenceOf(spec, info));

describe('the worked example of the specification', () => {
  it.each([nodeEngine, portableEngine])('is usable and active at the stated instant, by $name', (engine) => {
    const verdict = verifyLicense(text, { ...context(), engine });
    expect(verdict).toMatchObject({ arm: 'usable', state: 'active', conditions: [] });
    expect(new Date(INSTANT * 1000).toISOString()).toBe('2026-07-01T00:00:00.000Z');
    expect(spec).toContain(`2026-07-01T00:00:00Z (${INSTANT})`);
  });

  it('is good in every rule, its summary included', () => {
    const { outcome, checks } = explainLicense(text, context());
    expect(outcome).toBe('valid');
    expect(checks.filter((check) => check.outcome !== 'good').map(({ rule }) => rule)).toEqual(['revision']);
  });

  it('says what the specification prints', () => {
    expect(claimsOf(parseCompactJws(blocks[0]!.body, 'license').payload)).toEqual(shown('json license'));
    expect(claimsOf(parseGeneralJws(rootText, 'trust-root').payload)).toEqual(shown('json trust-root'));
    expect(claimsOf(parseCompactJws(blocks[2]!.body, 'status-list').payload)).toEqual(
      shown('json status-list'),
    );
  });

  it('has the fingerprint and the bits that are stated', () => {
    const payload = decodeBase64url(parseGeneralJws(rootText, 'trust-root').payload, 'payload');
    const fingerprint = createHash('sha256').update(payload).digest('base64url');
    expect(spec).toContain(`fingerprint of the root (TR-9) is \`${fingerprint}\``);
    expect(spec).toContain(`pinned=${fingerprint}\n`);
    const shard = openShard(nodeEngine, trustOf(), blocks[2]!.body);
    expect([81, 1002, 4711].map((index) => shard.at(index))).toEqual(['revoked', 'suspended', 'valid']);
  });

  it('is over when it says, and expired after grace', () => {
    const at = (now: number) => {
      const verdict = verifyLicense(text, { ...context(), now });
      return verdict.arm === 'usable' ? verdict.state : verdict.arm;
    };
    expect([1_767_221_999, 1_767_222_000, 1_798_757_999, 1_798_758_000, 1_799_967_600].map(at)).toEqual([
      'pending',
      'active',
      'active',
      'grace',
      'expired',
    ]);
  });

  it('is rejected with one character changed, and refused without a block', () => {
    const body = blocks[0]!.body;
    const changed = text.replace(
      body.slice(200, 210),
      body.slice(200, 209) + (body[209] === 'A' ? 'B' : 'A'),
    );
    expect(changed).not.toBe(text);
    expect(verifyLicense(changed, context())).toMatchObject({ arm: 'rejected' });
    const short = text.slice(0, text.indexOf('-----BEGIN COUNTERFOIL STATUS LIST'));
    expect(verifyLicense(short, context())).toMatchObject({
      arm: 'refused',
      finding: { code: 'status-needed' },
    });
  });
});

describe('the small examples of the specification', () => {
  it('of license ids', () => {
    expect(spec).toContain(`\`01 02 03 04 05\` give \`${formatLicenseId(Uint8Array.of(1, 2, 3, 4, 5))}\``);
    expect(spec).toContain(
      `\`ff fe fd fc fb\` give \`${formatLicenseId(Uint8Array.of(255, 254, 253, 252, 251))}\``,
    );
  });

  it('of durations', () => {
    const rows = [
      ...spec.matchAll(/^\| (\d{4}-\d\d-\d\d) \| (P\w+) \| (\d{4}-\d\d-\d\d) \| (\d{4}-\d\d-\d\d) \|$/gm),
    ];
    expect(rows).toHaveLength(6);
    for (const [, from, duration, first, after] of rows) {
      const date = parseDate(from!);
      expect(formatDate(lastDayFrom(date, parseDuration(duration!)))).toBe(first);
      expect(formatDate(lastDayAfter(date, parseDuration(duration!)))).toBe(after);
    }
  });

  it('of canonical forms', () => {
    const form = {
      guid: '{00112233-4455-6677-8899-AABBCCDDEEFF}',
      domain: 'Bücher.Example.',
      mail: 'Jane.Doe@Bücher.Example',
    };
    for (const [kind, given] of Object.entries(form)) {
      const canonical = canonicalIdentity({ form: kind as 'guid' | 'domain' | 'mail' }, given);
      expect(spec.replaceAll('\n', ' ')).toContain(`\`${given}\` is \`${canonical}\``);
    }
  });

  it('of identity pages', () => {
    expect(pagesLayout(1_000_000)).toEqual({ nodes: [1, 46], leaves: 3907, blocks: 3955 });
    expect(spec).toContain('3907 leaves below 46 nodes below 1 node');
    expect(spec).toContain('3955 blocks');
    const salt = new Uint8Array(16).fill(7);
    const bytes = Buffer.concat([Buffer.of(2), salt, Buffer.from('a@b.example')]);
    expect(Buffer.from(identityDigest(nodeEngine, salt, 'a@b.example'))).toEqual(
      createHash('sha256').update(bytes).digest().subarray(0, 16),
    );
  });
});
