import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeScratch, PASSPHRASE, runCommand } from '../support/vendor.js';

const COMMAND = fileURLToPath(new URL('../../issuer/dist/cli/main.js', import.meta.url));
const MEBIBYTE = 1024 * 1024;
const HEAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.lic"\r\n\r\n';

interface Child {
  readonly pid: number;
  readonly origin: string;
}

/** The built portal as a process of its own. */
async function startPortal(): Promise<Child> {
  const home = await makeScratch();
  const [folder, passphrase] = [join(home, 'vendor'), join(home, 'passphrase')];
  await writeFile(passphrase, `${PASSPHRASE}\n`, { mode: 0o600 });
  const made = await runCommand(['init', '--vendor', 'acme.example', '--dir', folder], {
    now: () => Math.floor(Date.now() / 1000),
  });
  expect(made.exit).toBe(0);
  const options = ['--port', '0', '--dir', folder, '--passphrase-file', passphrase];
  const child = spawn(process.execPath, [COMMAND, 'portal', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  for await (const chunk of child.stderr) {
    said += String(chunk);
    const origin = /portal of .* at (\S+)/.exec(said)?.[1];
    if (origin === undefined) continue;
    child.stderr.resume();
    return { pid: child.pid!, origin };
  }
  throw new Error(said);
}

/** Bytes of memory that a process has ever held at a time. */
const peakOf = ({ pid }: Child): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024;

/** Sends a file of so many bytes, with or without saying so before, and stops when there is an answer. */
async function upload({ origin }: Child, size: number, isAnnounced: boolean): Promise<number> {
  const sent = request(`${origin}/`, {
    method: 'POST',
    headers: {
      origin,
      'content-type': 'multipart/form-data; boundary=b',
      ...(isAnnounced ? { 'content-length': String(HEAD.length + size) } : {}),
    },
  });
  const heard = { answer: false };
  const answer = new Promise<IncomingMessage>((done, fail) => {
    sent.on('response', (response) => {
      heard.answer = true;
      done(response.resume());
    });
    // Whoever is answered may be hung up on.
    sent.on('error', fail);
  });
  const chunk = Buffer.alloc(MEBIBYTE, 'A');
  sent.write(HEAD);
  for (let at = 0; at < size && !heard.answer && !sent.destroyed; at += chunk.length) {
    const isRoomLeft = sent.write(chunk.subarray(0, size - at));
    if (!isRoomLeft) await Promise.race([once(sent, 'drain'), answer]).catch(() => undefined);
    await new Promise(setImmediate);
  }
  if (!heard.answer && !isAnnounced) sent.end();
  const { statusCode } = await answer;
  sent.destroy();
  return statusCode ?? 0;
}

const canMeasure = existsSync('/proc/self/status') && existsSync(COMMAND);

// npm test builds first; without a build there is nothing to start
describe.skipIf(!canMeasure)('an upload of 100 MiB to the built portal', () => {
  it('is refused, held nowhere, and keeps nobody waiting', async () => {
    const portal = await startPortal();
    for (let i = 0; i < 3; i += 1) expect(await upload(portal, 2 * MEBIBYTE + 1000, true)).toBe(413);
    const before = peakOf(portal);
    for (const isAnnounced of [true, false, true, false]) {
      expect(await upload(portal, 100 * MEBIBYTE, isAnnounced)).toBe(413);
      expect((await fetch(`${portal.origin}/healthz`)).status).toBe(200);
    }
    expect((peakOf(portal) - before) / MEBIBYTE).toBeLessThan(64);
  });
});
