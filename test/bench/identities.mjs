// A million listed identities: from files to the first answer, each time in a fresh process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIdentityPages } from '@counterfoil/issuer';
import { sign } from 'node:crypto';
import { makeFile, makeLicense, makeShard, makeVendor, NOW } from './fixture.mjs';
import { median, table } from './harness.mjs';

const COUNT = 1_000_000;
const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'));
const put = (name, content) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const names = Array.from({ length: COUNT }, (_, i) => `user${String(i).padStart(7, '0')}@contoso.example`);
const vendor = makeVendor();
const root = vendor.root(1);
const salt = Buffer.alloc(16, 7).toString('base64url');
const { claim, bytes } = buildIdentityPages(names, COUNT, salt);
put('root.json', root);
put(
  'pages.lic',
  makeFile(makeLicense(vendor, { allowed: { mailbox: { pages: claim } } }), [root], makeShard(vendor)),
);
put('pages.ids', bytes);
const payload = Buffer.from(JSON.stringify({ list: names })).toString('base64url');
const input = `${Buffer.from('{"alg":"EdDSA"}').toString('base64url')}.${payload}`;
put(
  'list.jws',
  `${input}.${sign(null, Buffer.from(input), vendor.issuing.privateKey).toString('base64url')}`,
);
put('list.key', vendor.issuing.x);

const child = fileURLToPath(new URL('identities-child.mjs', import.meta.url));
const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...env } = process.env;
const memory = new Map();
/** Seconds inside the fresh process, from before the first file is read to the answer; its start is not counted. */
const ask = (form, name) => {
  const { stdout, status, stderr } = spawnSync(process.execPath, [child, form, folder, name, String(NOW)], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const { answer, seconds, rss } = JSON.parse(stdout);
  if (answer !== names.includes(name)) throw new Error(`${form} answers ${answer} for ${name}`);
  memory.set(form, rss);
  return seconds;
};
const rounds = { list: [], pages: [], 'pages-and-trust': [] };
const forms = Object.keys(rounds);
for (let round = 0; round < 9; round++) {
  const name = round % 3 === 2 ? 'nobody@contoso.example' : names[(round * 123_457) % COUNT];
  for (let i = 0; i < forms.length; i++) {
    const form = forms[(i + round) % forms.length];
    rounds[form].push(ask(form, name));
  }
}
const mega = (size) => `${(size / 1e6).toFixed(1)} MB`;
const pages = [join(folder, 'pages.lic'), join(folder, 'pages.ids')];
const files = { list: [join(folder, 'list.jws')], pages, 'pages-and-trust': pages };
const row = (name, form) => [
  name,
  (median(rounds[form]) * 1000).toFixed(1),
  median(rounds.list.map((seconds, i) => seconds / rounds[form][i])).toFixed(0),
  files[form].map((path) => mega(statSync(path).size)).join(' + '),
  mega(memory.get(form)),
];
export const section = table(
  '1,000,000 allowed identities: files to first answer, fresh process',
  ['form', 'ms', 'rate, plain list = 1', 'files', 'memory'],
  [
    row('plain list in a signed token, `Set`', 'list'),
    row('Counterfoil: license, and pages read by position', 'pages'),
    row('the same, opening the trust counted as well', 'pages-and-trust'),
  ],
);
rmSync(folder, { recursive: true });
