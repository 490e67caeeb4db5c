import { documents, limits } from '@counterfoil/schemas';
import { describe, expect, it } from 'vitest';
import { readText } from './markdown.js';

type Node = Readonly<Record<string, any>>;

const schema = (name: string): Node => JSON.parse(readText(`schemas/json/${name}.schema.json`)) as Node;

const license = schema('license');
const rules = schema('rules');
const root = schema('trust-root');
const shard = schema('status-list');
const spec = readText('schemas/spec/license-file.md');

/** Whole bytes as unpadded base64url. */
const textLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);

describe('the JSON Schemas and the limits', () => {
  const { idx } = license['properties'].status.properties.status_list.properties;
  const { pages, list } = license['$defs'].allowed.properties;

  it('agree on the status list', () => {
    expect(idx.maximum).toBe(limits.shardEntries - 1);
    expect(shard['properties'].status_list.properties.bits.const).toBe(limits.shardBits);
  });

  it('leave room for a shard that does not compress', () => {
    const { lst } = shard['properties'].status_list.properties;
    const stored = (limits.shardEntries * limits.shardBits) / 8 + 2 + 5 + 4;
    expect(lst.maxLength).toBeGreaterThanOrEqual(textLength(stored));
  });

  it('agree on identity pages with the size that a document of them may have', async () => {
    const { documents, pagesLayout } = await import('@counterfoil/schemas');
    expect(pages.properties.count.maximum).toBe(2_000_000);
    expect(pagesLayout(pages.properties.count.maximum).blocks * limits.page).toBeLessThanOrEqual(
      documents['identity-pages'].cap,
    );
    expect(documents['identity-pages'].cap * (4 / 3)).toBeLessThan(limits.file);
  });

  it('agree with the specification on lists', () => {
    expect(list.maxItems).toBe(2000);
    expect(spec).toContain('(at most 2,000)');
    expect(spec).toContain('(to 2,000,000)');
    expect(spec).toContain(`at most ${limits.shardEntries} entries`);
    expect(license['$defs'].grant.properties.revision.maximum).toBe(1_000_000);
  });

  it('agree with the journal on its lines', () => {
    const bytes = limits.journalLine.toLocaleString('en-US');
    expect(readText('schemas/spec/ledger.md')).toContain(`at most ${bytes} bytes (\`journalLine\`, LF-13)`);
    // a trust root of the largest size, each of its characters escaped
    expect(limits.journalLine).toBeGreaterThan(3 * documents['trust-root'].cap);
  });

  it('agree on root keys and their signatures', () => {
    const { threshold, keys } = root['properties'].root.properties;
    expect(threshold.maximum).toBe(keys.maxItems);
    expect(keys.maxItems).toBe(limits.signatures);
  });

  it('let a term be as long as the cap, and durations be written for it', () => {
    const { days, duration, digest, salt } = rules['$defs'];
    expect(days.maximum).toBeGreaterThan(limits.termDays);
    for (const text of ['P5Y', 'P60M', `P${limits.termDays}D`])
      expect(text).toMatch(new RegExp(duration.pattern));
    for (const text of ['P', 'PT1H', 'P1D1M', 'P1.5Y'])
      expect(text).not.toMatch(new RegExp(duration.pattern));
    expect('A'.repeat(textLength(32))).toMatch(new RegExp(digest.pattern));
    expect('A'.repeat(textLength(16))).toMatch(new RegExp(salt.pattern));
    // bits that no byte owns are zero
    expect(`${'A'.repeat(42)}B`).not.toMatch(new RegExp(digest.pattern));
    expect(`${'A'.repeat(21)}B`).not.toMatch(new RegExp(salt.pattern));
  });

  it('read license ids as they are formatted', async () => {
    const { formatLicenseId } = await import('@counterfoil/schemas');
    const pattern = new RegExp(license['$defs'].licenseId.pattern);
    for (let i = 0; i < 256; i++)
      expect(formatLicenseId(Uint8Array.of(i, 255 - i, i, 7, i))).toMatch(pattern);
  });
});
