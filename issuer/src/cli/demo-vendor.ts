import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DAY, dateInUtc, formatDate, type Instant } from '@counterfoil/verifier';
import type { CommandIo } from './command-io.js';
import { main } from './run.js';

/** One license of the demo, issued by the vendor's own command, at an instant of the past. */
interface DemoSale {
  readonly customer: readonly [id: string, name: string];
  readonly product: string;
  /** Days before now at which it is issued. */
  readonly ago: number;
  readonly options: readonly string[];
}

const HARBOUR = ['C-1001', 'Harbour Trading'] as const;
const NORTHWIND = ['C-1002', 'Northwind Clinic'] as const;
const BRIGHTSIDE = ['C-1003', 'Brightside IT Services'] as const;
const LAKESIDE = ['C-1004', 'Lakeside School'] as const;

/** How long the demo vendor has been in business, in days. */
const AGE = 500;
const PRODUCTS = [
  'mailbox-backup',
  'mailbox-migration',
  'managed-backup',
  'managed-backup-prepaid',
  'endpoint-backup',
];

/** Licenses in every state that time brings about, the oldest first: a register is written in the order of time. */
function salesAt(now: Instant): readonly DemoSale[] {
  const offer = (name: string, quantity = 1): readonly string[] => [
    ...['--offer', name, '--quantity', String(quantity)],
  ];
  const perpetual = ['--perpetual', '--pool', 'mailboxes=50'];
  const later = ['--from', formatDate(dateInUtc(now + 20 * DAY))];
  return [
    {
      customer: BRIGHTSIDE,
      product: 'managed-backup-prepaid',
      ago: 450,
      options: ['--duration', 'P1Y', '--pool', 'server=20'],
    },
    { customer: HARBOUR, product: 'mailbox-backup', ago: 372, options: offer('annual', 10) },
    { customer: LAKESIDE, product: 'endpoint-backup', ago: 345, options: offer('annual', 10) },
    { customer: HARBOUR, product: 'mailbox-backup', ago: 100, options: offer('annual', 3) },
    { customer: NORTHWIND, product: 'mailbox-backup', ago: 60, options: offer('trial') },
    { customer: NORTHWIND, product: 'mailbox-migration', ago: 50, options: perpetual },
    { customer: HARBOUR, product: 'mailbox-backup', ago: 10, options: offer('trial') },
    { customer: BRIGHTSIDE, product: 'managed-backup', ago: 5, options: ['--duration', 'P1M'] },
    { customer: LAKESIDE, product: 'endpoint-backup', ago: 1, options: [...offer('annual', 5), ...later] },
  ];
}

const catalogFile = (product: string): string =>
  fileURLToPath(new URL(`../../catalogs/${product}.yaml`, import.meta.url));

/** Makes a vendor of some age, with licenses in every state, all of them really issued; gives its folder. */
export async function makeDemoVendor(folder: string, io: CommandIo, passphraseFile: string): Promise<string> {
  const vendorFolder = join(folder, 'portal');
  const now = io.now();
  const run = async (ago: number, ...args: readonly string[]): Promise<void> => {
    let said = '';
    const common = ['--dir', vendorFolder, '--passphrase-file', passphraseFile];
    const exit = await main([...args, ...common], {
      ...io,
      now: () => now - ago * DAY,
      out: () => undefined,
      err: (text) => void (said += text),
    });
    if (exit !== 0) throw new Error(`counterfoil ${args.join(' ')} ended with ${String(exit)}\n${said}`);
  };
  await run(AGE, 'init', '--vendor', 'demo.example', '--name', 'Demo Software');
  for (const product of PRODUCTS) await run(AGE, 'catalog', 'publish', catalogFile(product));
  for (const [index, { customer, product, ago, options }] of salesAt(now).entries()) {
    const [id, name] = customer;
    const file = join(folder, `customer-${String(index + 1)}.lic`);
    const order = ['--product-file', catalogFile(product), '--customer', id, '--customer-name', name];
    await run(ago, 'issue', ...order, ...options, '--out', file);
  }
  await writeFile(
    join(folder, 'README.txt'),
    'A demo of Counterfoil; delete the folder when you have seen enough.\n',
  );
  return vendorFolder;
}
