// Makes a vendor, the kits of the five example catalogs, and licenses, as a vendor's desk would: what the embedding guide, the
// sample product and the tests of both start from.
// Usage: node prepare.mjs FOLDER
//   kits/CATALOG           the kit folder
//   licenses/CATALOG.lic   a license in force, by the example order
//   licenses/CATALOG.old.lic   one that was issued 800 days ago
//   product/               the guide's examples beside a node_modules that has the kit of mailbox-backup
//   jobs/                  the jobs of the sample product, and some files to copy
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { main } from '@counterfoil/issuer';

export const CATALOGS = [
  'mailbox-backup',
  'mailbox-migration',
  'managed-backup',
  'managed-backup-prepaid',
  'endpoint-backup',
];
const DAY = 86_400;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs one command of the vendor at an instant; throws unless it succeeds. */
async function vendor(folder, now, ...args) {
  let said = '';
  const exit = await main([...args, '--dir', join(folder, 'vendor')], {
    out: () => undefined,
    err: (text) => void (said += text),
    now: () => now,
    random: (length) => randomBytes(length),
    env: { COUNTERFOIL_PASSPHRASE: 'a passphrase for a sample' },
    actor: 'sample',
    // The lowest cost that key files take: these keys sign nothing that anyone trusts.
    scryptCost: { n: 2 ** 14, r: 8, p: 1 },
  });
  if (exit !== 0) throw new Error(`counterfoil ${args.join(' ')} ended with ${String(exit)}: ${said}`);
}

const catalogFile = (name) => join(root, 'issuer/catalogs', name);

async function issue(folder, now, catalog, out) {
  const product = ['--product-file', catalogFile(`${catalog}.yaml`)];
  await vendor(folder, now, 'issue', catalogFile(`orders/${catalog}.yaml`), ...product, '--out', out);
}

/** The examples of the guide, by the file name that stands above each. */
export async function guideExamples() {
  const guide = await readFile(join(root, 'verifier/EMBEDDING.md'), 'utf8');
  const found = guide.matchAll(/<!-- (example\.[cm]js) -->\n\n```js\n([^]*?)```/g);
  return new Map([...found].map(([, name, code]) => [name, code]));
}

export async function prepare(folder) {
  const now = Math.floor(Date.now() / 1000);
  const past = now - 800 * DAY;
  for (const name of [
    'kits',
    'licenses',
    'product/node_modules/@acme',
    'product/node_modules/@counterfoil',
  ]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await vendor(folder, past, 'init', '--vendor', 'acme.example');
  for (const catalog of CATALOGS) {
    await issue(folder, past, catalog, join(folder, 'licenses', `${catalog}.old.lic`));
  }
  for (const catalog of CATALOGS) {
    await vendor(
      folder,
      now,
      'catalog',
      'kit',
      catalogFile(`${catalog}.yaml`),
      '--out',
      join(folder, 'kits', catalog),
    );
    await issue(folder, now, catalog, join(folder, 'licenses', `${catalog}.lic`));
  }
  const modules = join(folder, 'product/node_modules');
  await cp(join(folder, 'kits/mailbox-backup'), join(modules, '@acme/mailbox-backup-license-kit'), {
    recursive: true,
  });
  for (const name of ['schemas', 'verifier'])
    await symlink(join(root, name), join(modules, '@counterfoil', name), 'dir');
  for (const [name, code] of await guideExamples()) await writeFile(join(folder, 'product', name), code);
  await cp(join(root, 'test/sample/jobs'), join(folder, 'jobs'), { recursive: true });
  await mkdir(join(folder, 'jobs/data/letters'), { recursive: true });
  await writeFile(join(folder, 'jobs/data/notes.txt'), 'notes\n');
  await writeFile(join(folder, 'jobs/data/letters/first.txt'), 'a letter\n');
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const [folder] = argv.slice(2);
  if (folder === undefined) throw new Error(`usage: node ${dirname(argv[1])}/prepare.mjs FOLDER`);
  await prepare(resolve(folder));
}
