import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  formatDate,
  lastDayOf,
  verifyLicense,
  zoneOf,
  type Usable,
  type Verdict,
} from '@counterfoil/verifier';
import { nodeEngine, readKit, type Kit } from '@counterfoil/verifier/node';
import type { CommandIo } from './command-io.js';
import { main } from './run.js';

/** What the story is told with. */
export interface Story {
  /** An empty folder; everything stays in it. */
  readonly folder: string;
  readonly io: CommandIo;
  /** The bundled host command. */
  readonly hostCommand: string;
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

/** Runs one host command in a process of its own, and tells the lines that it says of these. */
async function host(
  { folder, hostCommand, tell }: Story,
  said: RegExp,
  ...args: readonly string[]
): Promise<void> {
  tell(...wrap(`$ counterfoil-host ${shownArguments(folder, args)}`));
  const options = ['--kit', join(folder, 'product.kit'), '--data', join(folder, 'data')];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [hostCommand, ...args, ...options]);
    tell(
      ...stdout
        .split('\n')
        .filter((line) => said.test(line))
        .flatMap((line) => wrap(line.trim())),
    );
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    throw new StoryFault(`counterfoil-host ${shownArguments(folder, args)} failed\n${stdout}${stderr}`);
  }
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

const yesNo = (operation: string, row: readonly string[]): string =>
  `${operation.padEnd(22)}${row.includes(operation) ? 'allowed' : 'denied'}`;

function requireUsable(verdict: Verdict): Usable {
  if (verdict.arm !== 'usable')
    throw new StoryFault(`the license is ${verdict.arm}: ${verdict.finding.code}`);
  return verdict;
}

/** The judgement of a host that has the kit and nothing else. */
function onTheHost({ trust, product }: Kit, text: string, now: number): Verdict {
  return verifyLicense(text, { engine: nodeEngine, trust, product: product?.sub ?? '', host: {}, now });
}

/** One byte in the middle of the signed part, changed to another letter of the same alphabet. */
function tamper(text: string): { readonly text: string; readonly at: number } {
  const at = text.indexOf('-----BEGIN') + 400;
  const letter = text[at] === 'A' ? 'B' : 'A';
  return { text: `${text.slice(0, at)}${letter}${text.slice(at + 1)}`, at };
}

/** Tells how a license goes from the vendor's desk to a host; throws when any of it does not go as told. */
export async function tellStory(story: Story): Promise<void> {
  const { folder, io, tell } = story;
  const inside = (name: string): string => join(folder, name);
  tell('Counterfoil: an offline license, from the vendor’s desk to the host', `(all of it in ${folder})`);

  tell('', '1. A vendor is made: keys, trust root, register');
  await writeFile(inside('passphrase.txt'), `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await vendor(story, 'init', '--vendor', 'demo.example', '--name', 'Demo Software');
  tell('   The keys are encrypted under a random passphrase, which lies beside them');
  tell('   in passphrase.txt: good for a demo only. A real vendor types it, and keeps');
  tell('   the spare key keys/root-3.key.json in a safe.');

  tell('', '2. A product is described in YAML and checked; it gets its kit');
  await copyFile(catalogFile('mailbox-backup.yaml'), inside('mailbox-backup.yaml'));
  await vendor(story, 'catalog', 'check', inside('mailbox-backup.yaml'));
  await vendor(
    story,
    'export',
    'kit',
    '--product-file',
    inside('mailbox-backup.yaml'),
    '--out',
    inside('product.kit'),
  );

  tell('', '3. A customer orders, and the vendor issues the license');
  await copyFile(catalogFile('orders/mailbox-backup.yaml'), inside('order.yaml'));
  const order = (await readFile(inside('order.yaml'), 'utf8'))
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  tell(...order.filter((line) => line !== '').map((line) => `   | ${line}`));
  const licensePath = inside('customer.lic');
  const issueArgs = ['--product-file', inside('mailbox-backup.yaml'), '--out', licensePath];
  const id = (await vendor(story, 'issue', inside('order.yaml'), ...issueArgs)).trim();
  tell(
    `   ${id} is signed, checked, filed and written: ${String((await readFile(licensePath)).length)} bytes of text.`,
  );

  tell('', '4. The host, with no network, installs the file');
  await host(story, /^installed|^ {2}\+ (term|pool)/, 'install', licensePath);

  tell('', '5. The product asks the verifier');
  const kit = readKit(await readFile(inside('product.kit')), nodeEngine);
  const text = await readFile(licensePath, 'utf8');
  const good = requireUsable(onTheHost(kit, text, io.now()));
  const { claims } = good.license;
  const { states } = claims.license;
  tell(`   ${good.arm}, state ${good.state}: ${claims.license.id} for ${claims.license.licensee.name}`);
  const end = claims.exp ?? 0;
  if (claims.license.term.type === 'fixed') {
    const zone = zoneOf(claims);
    tell(`   last day ${formatDate(lastDayOf(claims.license.term.until, zone))} (${zone}), then grace`);
  }

  tell('', '6. A renewal for fewer mailboxes: previewed, installed, and shown');
  const renewed = inside('renewed.lic');
  await vendor(story, 'renew', id, '--duration', 'P12M', '--pool', 'mailboxes=80', '--out', renewed);
  await host(story, /^can be|^ {2}(term|pool)/, 'preview', renewed);
  await host(story, /^installed/, 'install', renewed);
  await host(story, /^in force|^Term|^Pool/, 'status');

  tell('', '7. Somebody changes one byte of the file');
  const changed = tamper(text);
  const bad = onTheHost(kit, changed.text, io.now());
  if (bad.arm !== 'rejected') throw new StoryFault(`a changed file was ${bad.arm}`);
  tell(`   byte ${String(changed.at)}: ${bad.arm}, ${bad.finding.code}: ${bad.finding.message}`);
  tell(...wrap(`hint: ${bad.finding.hint}`));

  tell('', '8. The term and its grace are over: the same file, a second later');
  const over = requireUsable(onTheHost(kit, text, end));
  const row = states[over.state] ?? [];
  tell(`   ${over.arm}, state ${over.state}: ${over.finding?.hint ?? ''}; what the row allows:`);
  tell(...Object.keys(claims.license.operations).map((operation) => `   ${yesNo(operation, row)}`));
}
