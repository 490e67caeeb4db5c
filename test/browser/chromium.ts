import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));

/** Nothing of its own over the network: no updates, no sync, no look-ups. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the system's Chromium, or the one that an npm package carries. */
export async function startChromium(): Promise<Browser> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return chromium.launch({ executablePath: system, args: FLAGS });
  const { default: carried } = await import('@sparticuz/chromium');
  // It unpacks into the temporary folder under a fixed name, where another user's copy would be in the way.
  const shared = process.env['TMPDIR'];
  process.env['TMPDIR'] = await mkdir(CACHE, { recursive: true }).then(() => CACHE);
  const executablePath = await carried.executablePath().finally(() => {
    if (shared === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = shared;
  });
  return chromium.launch({ executablePath, args: [...carried.args, ...FLAGS] });
}
