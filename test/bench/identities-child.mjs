// One question to one form of list, in a process of its own. Usage: node identities-child.mjs FORM FOLDER NAME NOW
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkIdentity, openTrust, verifyLicense } from '@counterfoil/verifier';
import { nodeEngine, openSideFile } from '@counterfoil/verifier/node';

const [form, folder, name, now] = process.argv.slice(2);

function askList() {
  const text = readFileSync(join(folder, 'list.jws'), 'latin1');
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: readFileSync(join(folder, 'list.key'), 'utf8') },
    format: 'jwk',
  });
  const dot = text.lastIndexOf('.');
  const signature = Buffer.from(text.slice(dot + 1), 'base64url');
  if (!verify(null, Buffer.from(text.slice(0, dot), 'latin1'), key, signature))
    throw new Error('not genuine');
  const payload = Buffer.from(text.slice(text.indexOf('.') + 1, dot), 'base64url');
  return new Set(JSON.parse(payload.toString('utf8')).list).has(name);
}

/** As in a product: the trust is compiled in, the license and its pages are files. */
function askPages() {
  const verdict = verifyLicense(readFileSync(join(folder, 'pages.lic')), {
    engine: nodeEngine,
    trust,
    product: 'mailbox-backup',
    host: {},
    now: Number(now),
  });
  if (verdict.arm !== 'usable') throw new Error(verdict.finding.code);
  const pages = openSideFile(join(folder, 'pages.ids'));
  const { allowed } = checkIdentity(nodeEngine, verdict.license, 'mailbox', name, pages.readBlock);
  pages.close();
  return allowed;
}

const root = form === 'list' ? undefined : readFileSync(join(folder, 'root.json'), 'utf8');
const began = process.hrtime.bigint();
const trust = root === undefined ? undefined : openTrust(nodeEngine, [root]);
// Opening the trust is counted in one form, and in the other not.
const start = form === 'pages' ? process.hrtime.bigint() : began;
const answer = form === 'list' ? askList() : askPages();
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
process.stdout.write(JSON.stringify({ answer, seconds, rss: process.memoryUsage.rss() }));
