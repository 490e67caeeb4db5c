import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { explainLicense, openTrust, verifyLicense } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  licenseFile,
  licenseOf,
  makeVendor,
  NOW,
  pagesOf,
  shardOf,
  signCompact,
  tamper,
} from '../support/signing.js';
import { EXPLAIN_ENTRY, bundleFor } from './bundle.js';
import { startChromium } from './chromium.js';

const vendor = makeVendor();
const good = goodFile(vendor);
const license = signCompact(vendor.issuing, 'license', licenseOf());
const tampered = tamper(good);
const { claim, bytes } = pagesOf(['ann@example.com', 'zoë@example.com']);
const paged = signCompact(
  vendor.issuing,
  'license',
  licenseOf({}, { allowed: { mailbox: { pages: claim } } }),
);

const FILES: readonly (readonly [string, string, string, number])[] = [
  ['good', good, 'active', NOW],
  ['bare', license, 'status-needed', NOW],
  ['in grace', good, 'license-grace', NOW + 101 * DAY],
  ['expired', good, 'license-expired', NOW + 200 * DAY],
  ['tampered', tampered, 'signature-invalid', NOW],
  ['revoked', licenseFile(license, { shard: shardOf(vendor, { 7: 1 }) }), 'license-revoked', NOW],
  ['of another product', goodFile(vendor, { aud: 'archive' }), 'product-mismatch', NOW],
  ['cut off', good.slice(0, 500), 'armor-truncated', NOW],
  ['with pages', licenseFile(paged, { shard: shardOf(vendor), pages: [bytes] }), 'active', NOW],
];

interface Asked {
  readonly file: string;
  readonly root: string;
  readonly now: number;
}

/** Both answers as data; runs alike here and in the page. */
function answer(core: any, engine: unknown, { file, root, now }: Asked): string {
  const context = { engine, trust: core.openTrust(engine, [root]), product: 'backup', host: {}, now };
  const plain = (key: string, value: unknown): unknown =>
    key === 'trust' || key === 'engine' ? undefined : value;
  return JSON.stringify([core.verifyLicense(file, context), core.explainLicense(file, context)], plain);
}

describe('the verifier in a browser', () => {
  let browser: Browser | undefined;
  let server: Server;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    const { text } = await bundleFor(EXPLAIN_ENTRY, 'esm');
    server = createServer(({ url }, response) => {
      asked.push(url ?? '');
      const script = url === '/core.js';
      response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
      response.setHeader('content-security-policy', `default-src 'none'; script-src 'self'`);
      response.end(
        script
          ? `${text}\nglobalThis.ready = import('/core.js');`
          : '<!doctype html><title>core</title><link rel="icon" href="data:,"><script type="module" src="/core.js"></script>',
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await startChromium();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.ready !== undefined');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(FILES)('decides as Node does: %s', async (_, file, expected, now) => {
    const question = { file, root: vendor.root, now };
    const here = answer({ openTrust, verifyLicense, explainLicense }, nodeEngine, question);
    const [verdict] = JSON.parse(here);
    expect(verdict.finding?.code ?? verdict.state).toBe(expected);
    const there = await page.evaluate<string>(
      `globalThis.ready.then((core) => (${answer.toString()})(core, core.portableEngine, ${JSON.stringify(question)}))`,
    );
    // the engine's name is a fact of one rule, and the only thing that differs
    expect(there.replace('checked with tweetnacl', 'checked with node:crypto')).toBe(here);
  });

  it('asks the network for nothing but itself', () => {
    expect(new Set(asked)).toEqual(new Set(['/', '/core.js']));
  });
});
