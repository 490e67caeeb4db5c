import { Command } from 'commander';
import { catalogCheck, catalogShow, type CatalogCheckOptions } from './commands/catalog.js';
import { catalogKit, type CatalogKitOptions } from './commands/catalog-kit.js';
import {
  exportKit,
  exportLicense,
  exportTrust,
  type ExportOptions,
  type KitOptions,
} from './commands/export.js';
import { convert, type ConvertOptions } from './commands/convert.js';
import { extend, type ExtendOptions } from './commands/extend.js';
import { init, type InitOptions } from './commands/init.js';
import { inspect, type InspectOptions } from './commands/inspect.js';
import { issue, type IssueOptions } from './commands/issue.js';
import { list, type ListOptions } from './commands/list.js';
import { reduce } from './commands/reduce.js';
import { renew, type RenewOptions } from './commands/renew.js';
import type { CommandIo, Report } from './command-io.js';
import { addPortalCommands } from './portal-commands.js';
import { addStoreCommands } from './store-commands.js';
import type { ReissueOptions } from './reissue-options.js';
import type { GlobalOptions } from './session.js';
import { VERSION } from './version.js';

/** Takes what a command has to say. */
export type Deliver = (report: Report, options: GlobalOptions) => void;

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];
const PRODUCT_FILE = ['--product-file <FILE>', 'the product document (YAML)'] as const;
const TEST_TRUST = 'trust roots of the test vendor, from its own export trust';
const OUT = ['--out <FILE>', 'where to write it, - for standard output'] as const;
const FORCE = ['--force', 'replace a file that is there'] as const;
const ACKNOWLEDGE = ['--acknowledge-clock', 'sign although the clock is behind the register'] as const;

/** The `counterfoil` command; nothing in it ends the process or writes by itself. */
export function buildProgram(io: CommandIo, deliver: Deliver): Command {
  const program = new Command('counterfoil')
    .description('Issues offline licenses and keeps their counterfoils.')
    .version(VERSION, '--version', 'show the version')
    .helpOption('--help', 'show help')
    .option('--dir <DIR>', 'the vendor folder (default: . or COUNTERFOIL_DIR)')
    .option(
      '--passphrase-file <FILE>',
      'first line is the passphrase (else COUNTERFOIL_PASSPHRASE, else it is asked)',
    )
    .option(
      '--database <URL>',
      'PostgreSQL instead of register.db (else DATABASE_URL, which no list of processes shows)',
    )
    .option('--json', 'answer in JSON')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => undefined });
  /** Runs a command with its own and the common options; commander hands the command itself over as last argument. */
  const run = async (work: (options: never) => Promise<Report>, args: readonly unknown[]): Promise<void> => {
    const options = (args.at(-1) as Command).optsWithGlobals<GlobalOptions>();
    deliver(await work(options as never), options);
  };

  program
    .command('init')
    .description('make a new vendor folder: keys, trust root, register')
    .requiredOption('--vendor <ID>', 'the vendor’s id, such as acme.example')
    .option('--name <TEXT>', 'the vendor’s name (default: the id)')
    .option('--environment <ENV>', 'production or test', 'production')
    .option('--threshold <N>', 'how many root keys must sign a trust root', '2')
    .option('--root-keys <N>', 'how many root keys are made, the spare included', '3')
    .action((...args) => run((options: InitOptions) => init(options, io), args));
  const catalog = program
    .command('catalog')
    .description('check, explain and build in product documents (YAML)');
  catalog
    .command('check <FILE>')
    .description('find every error of a product document, which ends with 1, and what may not be meant')
    .option('--against <LAST>', 'the product document last in use: its ids are for life')
    .action((file: string, ...args: unknown[]) =>
      run((options: CatalogCheckOptions) => Promise.resolve(catalogCheck(file, options)), args),
    );
  catalog
    .command('show <FILE>')
    .description('explain a product to people who sell it')
    .action((file: string, ...args: unknown[]) => run(() => Promise.resolve(catalogShow(file)), args));
  catalog
    .command('kit <FILE>')
    .description('write the folder that is built into the product: kit, names, trial, host command')
    .requiredOption('--out <DIR>', 'the folder to write')
    .option('--force', 'replace a kit that is there')
    .option('--test-trust <FILE>', TEST_TRUST)
    .option('--no-trial', 'without the trial that the product offers')
    .option('--command <NAME>', 'the name of the host command (default: as the vendor, such as acme-license)')
    .option(...ACKNOWLEDGE)
    .action((file: string, ...args: unknown[]) =>
      run((options: CatalogKitOptions) => catalogKit(file, options, io), args),
    );
  addIssue(program).action((order: string | undefined, ...args: unknown[]) =>
    run((options: IssueOptions) => issue(order, options, io), args),
  );
  addReissue(program, 'renew', 'reissue a license for a further term')
    .option('--duration <DURATION>', 'length of the new term, such as P12M')
    .option('--last-day <DATE>', 'last day of the new term')
    .option(
      '--basis <BASIS>',
      'from-expiry, from-now or from-now-if-expired (default: the offer’s, if the product file says, else from-expiry)',
    )
    .option('--grace <DURATION>', 'time after the term, or none (default: as many days as before)')
    .option('--preload', 'a file of the new term alone, which starts where the old one ends')
    .option('--pool <POOL=TOTAL>', 'another quantity for the new term; repeatable', collect)
    .action((id: string, ...args: unknown[]) => run((options: RenewOptions) => renew(id, options, io), args));
  addReissue(program, 'extend', 'reissue a license with more of something')
    .option('--offer <PACK>', 'a pack of the product file (--product-file)')
    .option('--quantity <N>', 'how many of the pack (default: 1)')
    .option('--pool <POOL=+MORE>', 'a pack on top, or without + the new total; repeatable', collect)
    .option('--feature <NAME[=DATE]>', 'a feature, perhaps with its last day; repeatable', collect)
    .action((id: string, ...args: unknown[]) =>
      run((options: ExtendOptions) => extend(id, options, io), args),
    );
  addReissue(program, 'reduce', 'reissue a license with less in its pools')
    .option('--pool <POOL=TOTAL>', 'the new total of a pool; repeatable', collect)
    .action((id: string, ...args: unknown[]) =>
      run((options: ReissueOptions) => reduce(id, options, io), args),
    );
  addReissue(program, 'convert', 'issue the commercial license that follows a trial')
    .option('--offer <ID>', 'the offer that was sold')
    .option('--quantity <N>', 'how many of the offer (default: 1)')
    .action((id: string, ...args: unknown[]) =>
      run((options: ConvertOptions) => convert(id, options, io), args),
    );
  addPortalCommands(program, catalog, run, io);
  program
    .command('inspect <FILE>')
    .description('explain a license file by the vendor’s trust and register')
    .option('--product <ID>', 'the product that is to accept it')
    .action((file: string, ...args: unknown[]) =>
      run((options: InspectOptions) => inspect(file, options, io), args),
    );
  program
    .command('list')
    .description('list the licenses in the register')
    .option('--customer <ID>', 'only of this customer')
    .option('--product <ID>', 'only of this product')
    .action((...args) => run((options: ListOptions) => list(options, io), args));
  const exports = program
    .command('export')
    .description('write a license, the trust roots or a kit to a file');
  exports
    .command('license <ID>')
    .description('a license of the register, as it was handed out')
    .option('--revision <N>', 'a revision other than the newest')
    .requiredOption(...OUT)
    .option(...FORCE)
    .action((id: string, ...args: unknown[]) =>
      run((options: ExportOptions & { revision?: string }) => exportLicense(id, options, io), args),
    );
  exports
    .command('trust')
    .description('the chain of trust roots')
    .requiredOption(...OUT)
    .option(...FORCE)
    .action((...args) => run((options: ExportOptions) => exportTrust(options, io), args));
  exports
    .command('kit')
    .description('the signed product document and the trust roots, to be built into the product')
    .requiredOption(...PRODUCT_FILE)
    .option('--test-trust <FILE>', TEST_TRUST)
    .requiredOption(...OUT)
    .option(...FORCE)
    .option(...ACKNOWLEDGE)
    .action((...args) => run((options: KitOptions) => exportKit(options, io), args));
  addStoreCommands(program, run, io);
  return program;
}

function addReissue(program: Command, name: string, description: string): Command {
  return program
    .command(`${name} <LICENSE>`)
    .description(description)
    .requiredOption(...OUT)
    .option(...FORCE)
    .option('--product-file <FILE>', 'a newer product document (default: the rules that were filed)')
    .option('--allow <KIND=FILE>', 'another list of allowed identities, one a line; repeatable', collect)
    .option('--note <TEXT>', 'a note for the audit trail')
    .option(...ACKNOWLEDGE);
}

function addIssue(program: Command): Command {
  return program
    .command('issue [ORDER]')
    .description('sign a license for an order file (YAML), or for an order given by options')
    .requiredOption(...PRODUCT_FILE)
    .requiredOption(...OUT)
    .option(...FORCE)
    .option('--customer <ID>', 'customer id')
    .option('--customer-name <TEXT>', 'customer name')
    .option('--product <ID>', 'product id, to be sure that the document is the right one')
    .option('--kind <KIND>', 'commercial (default), trial, evaluation or not-for-production')
    .option('--offer <ID>', 'what was sold: kind, term, grace, pools and features unless given')
    .option('--quantity <N>', 'how many of the offer (default: 1)')
    .option('--from <DATE>', 'first day (default: today)')
    .option('--duration <DURATION>', 'length of the term, such as P12M')
    .option('--last-day <DATE>', 'last day of the term')
    .option('--perpetual', 'no end')
    .option('--activate-by <DATE>', 'last day to activate it')
    .option('--activated <DURATION>', 'length of the term from activation')
    .option('--grace <DURATION>', 'time after the term, such as P14D')
    .option('--zone <ZONE>', 'zone of the days, such as Europe/Vienna (default: UTC)')
    .option('--pool <POOL=N>', 'quantity of a pool; repeatable', collect)
    .option('--feature <NAME[=DATE]>', 'a feature, perhaps with its last day; repeatable', collect)
    .option('--allow <KIND=FILE>', 'allowed identities, one a line; repeatable', collect)
    .option('--host-key <THUMBPRINT>', 'bind it to a host key')
    .option('--rename-customer', 'the customer has a new name')
    .option(...ACKNOWLEDGE);
}
