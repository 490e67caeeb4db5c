import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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
  const executablePath = await carried.executablePath();
  return chromium.launch({ executablePath, args: [...carried.args, ...FLAGS] });
}
