import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DAY, parseDate, startInUtc, type Decision } from '@counterfoil/verifier';
import { openLicense } from '@counterfoil/verifier/node';
import type { CommandIo } from './command-io.js';
import { main } from './run.js';

/** What the story is told with. */
export interface Story {
  /** An empty folder; everything stays in it. */
  readonly folder: string;
  readonly io: CommandIo;
  /** Tells lines of at most 80 columns. */
  readonly tell: (...lines: readonly string[]) => void;
}

const catalogFile = (path: string): string =>
  fileURLToPath(new URL(`../../catalogs/${path}`, import.meta.url));

/** A text in lines of at most 80 columns, set in. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > 75)
      lines.push(last === undefined ? `   ${word}` : `     ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A command of the story failed; the story cannot go on. */
class StoryFault extends Error {}

/** Arguments as they would be typed in the folder. */
const shownArguments = (folder: string, args: readonly string[]): string =>
  args
    .map((arg) => (arg.startsWith(folder) ? arg.slice(folder.length + 1) : arg))
    .map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))
    .join(' ');

/** Runs one host command in a process of its own, and tells the lines that it says of these; it must end with this status. */
function host(
  { folder, tell }: Story,
  { says, exit = 0 }: { readonly says: RegExp; readonly exit?: number },
  ...args: readonly string[]
): void {
  const shown = `demo-license ${shownArguments(folder, args)}`;
  tell(...wrap(`$ ${shown}`));
  const command = join(folder, 'kit/bin/demo-license.cjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [command, ...args, '--data', join(folder, 'data')],
    {
      encoding: 'utf8',
    },
  );
  if (status !== exit) throw new StoryFault(`${shown} ended with ${String(status)}\n${stdout}${stderr}`);
  tell(
    ...stdout
      .split('\n')
      .filter((line) => says.test(line))
      .flatMap((line) => wrap(line.trim())),
  );
}

/** Runs one vendor command and tells it as it would be typed in the folder; gives its standard output. */
async function vendor({ folder, io, tell }: Story, ...args: readonly string[]): Promise<string> {
  const shown = shownArguments(folder, args);
  tell(...wrap(`$ counterfoil ${shown}`));
  let out = '';
  let err = '';
  const options = ['--dir', join(folder, 'vendor'), '--passphrase-file', join(folder, 'passphrase.txt')];
  const exit = await main([...args, ...options], {
    ...io,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  if (exit !== 0) throw new StoryFault(`counterfoil ${shown} ended with ${String(exit)}\n${err}`);
  return out;
}

const OPERATIONS = ['create-job', 'backup', 'restore'];

/** A decision as a product may log it. */
const answerText = ({ operation, allowed, state, reason, finding }: Decision): string =>
  allowed
    ? `${operation.padEnd(12)}allowed, state ${state}`
    : `${operation.padEnd(12)}denied, state ${state}: ${reason}; ${String(finding?.hint)}`;

/** One byte in the middle of the signed part, changed to another letter of the same alphabet. */
function tamper(text: string): { readonly text: string; readonly at: number } {
  const at = text.indexOf('-----BEGIN') + 400;
  const letter = text[at] === 'A' ? 'B' : 'A';
  return { text: `${text.slice(0, at)}${letter}${text.slice(at + 1)}`, at };
}

/** Tells how a license goes from the vendor's desk to a host; throws when any of it does not go as told. */
export async function tellStory(story: Story): Promise<void> {
  const { folder, tell } = story;
  const inside = (name: string): string => join(folder, name);
  tell('Counterfoil: an offline license, from the vendor’s desk to the host', `(all of it in ${folder})`);

  tell('', '1. A vendor is made: keys, trust root, register');
  await writeFile(inside('passphrase.txt'), `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await vendor(story, 'init', '--vendor', 'demo.example', '--name', 'Demo Software');
  tell('   The keys are encrypted under a random passphrase, which lies beside them');
  tell('   in passphrase.txt: good for a demo only. A real vendor types it, and keeps');
  tell('   the spare key keys/root-3.key.json in a safe.');

  tell('', '2. A product is described in YAML, and its kit is built into the product');
  await copyFile(catalogFile('mailbox-backup.yaml'), inside('mailbox-backup.yaml'));
  await vendor(story, 'catalog', 'check', inside('mailbox-backup.yaml'));
  await vendor(story, 'catalog', 'kit', inside('mailbox-backup.yaml'), '--out', inside('kit'));
  tell('   The kit has the rules, whom to trust, a trial, names for the compiler, and');
  tell('   a host command under the vendor’s own name: demo-license.');

  tell('', '3. A customer orders, and the vendor issues the license');
  await copyFile(catalogFile('orders/mailbox-backup.yaml'), inside('order.yaml'));
  const order = (await readFile(inside('order.yaml'), 'utf8'))
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  tell(...order.filter((line) => line !== '').map((line) => `   | ${line}`));
  const licensePath = inside('customer.lic');
  const product = ['--product-file', inside('mailbox-backup.yaml')];
  const id = (await vendor(story, 'issue', inside('order.yaml'), ...product, '--out', licensePath)).trim();
  const text = await readFile(licensePath, 'utf8');
  tell(`   ${id} is signed, checked, filed and written: ${String(text.length)} bytes of text.`);

  tell('', '4. The product asks; the host, with no network, installs the file');
  const kit = await readFile(inside('kit/mailbox-backup.kit'));
  const license = openLicense({ kit, dataDir: inside('data'), env: {} });
  tell(...wrap(answerText(license.check('backup'))));
  host(story, { says: /^installed|^ {2}\+ (term|pool)/ }, 'install', licensePath);

  tell('', '5. The product goes on running, and asks again');
  license.refresh();
  for (const operation of OPERATIONS) tell(`   ${answerText(license.check(operation))}`);
  host(story, { says: /^allowed|^holds/ }, 'check', 'backup');

  tell('', '6. A renewal for fewer mailboxes: previewed, installed, and shown');
  const renewed = inside('renewed.lic');
  await vendor(story, 'renew', id, '--duration', 'P12M', '--pool', 'mailboxes=80', '--out', renewed);
  host(story, { says: /^can be|^ {2}(term|pool)/ }, 'preview', renewed);
  host(story, { says: /^installed/ }, 'install', renewed);
  host(story, { says: /^in force|^Term|^Pool/ }, 'status');

  tell('', '7. Somebody changes one byte of the file');
  const changed = inside('changed.lic');
  const { text: other, at } = tamper(text);
  await writeFile(changed, other);
  tell(`   byte ${String(at)} of customer.lic`);
  host(story, { says: /^not installed|^how/, exit: 1 }, 'install', changed);

  tell('', '8. The term and its grace are over');
  license.refresh();
  const lastDay = license.statusView().license?.left?.lastDay;
  if (lastDay === undefined) throw new StoryFault('the library sees no license with an end');
  const after = startInUtc(parseDate(lastDay)) + 60 * DAY;
  for (const operation of OPERATIONS) tell(...wrap(answerText(license.check(operation, {}, after))));
  license.close();
  if (license.check('backup', {}, after).allowed || !license.check('restore', {}, after).allowed) {
    throw new StoryFault('an expired license allows the wrong things');
  }
}
