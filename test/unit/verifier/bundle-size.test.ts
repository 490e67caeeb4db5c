import { describe, expect, it } from 'vitest';
import { BROWSER_ENTRY, bundleFor, CORE_ENTRY, EXPLAIN_ENTRY, type Bundle } from '../../browser/bundle.js';

/** Bytes under gzip, level 9. */
const BUDGET = 20_000;

const print = (name: string, { bytes, gzipped }: Bundle): void => {
  console.log(`${name}: ${bytes} bytes minified, ${gzipped} under gzip`);
};

describe('the bundle for a browser', () => {
  it(`keeps the core within ${BUDGET} bytes`, async () => {
    const bundle = await bundleFor(CORE_ENTRY, 'esm');
    print('core', bundle);
    expect(bundle.gzipped).toBeLessThanOrEqual(BUDGET);
    // an empty bundle would be small too
    expect(bundle.text).toContain('signature-invalid');
  });

  // tweetnacl is one piece of 11 kB that no bundler takes apart; these bounds only keep the whole from growing unseen.
  it.each([
    ['core and portable engine', BROWSER_ENTRY, 31_000],
    ['with the explanation of every rule', EXPLAIN_ENTRY, 33_500],
  ])('keeps %s from growing', async (name, entry, most) => {
    const bundle = await bundleFor(entry, 'esm');
    print(name, bundle);
    expect(bundle.gzipped).toBeLessThanOrEqual(most);
  });

  it.each(['esm', 'iife'] as const)('asks for nothing of Node in %s', async (format) => {
    const { text } = await bundleFor(EXPLAIN_ENTRY, format);
    expect(/["'`]node:|\brequire\(["'`]|\bprocess\.|\bBuffer\b/.exec(text)?.[0]).toBeUndefined();
    expect(
      await bundleFor(`import 'node:fs'; ${BROWSER_ENTRY}`, format).catch((error: unknown) => String(error)),
    ).toContain('node:fs');
  });
});
