import type { Command } from 'commander';
import { catalogPublish } from './commands/catalog-publish.js';
import { portal, type PortalOptions } from './commands/portal.js';
import { signWorker, type SignWorkerOptions } from './commands/sign-worker.js';
import type { CommandIo, Report } from './command-io.js';
import type { GlobalOptions } from './session.js';

/** Runs a command with its own and the common options. */
export type Run = (work: (options: never) => Promise<Report>, args: readonly unknown[]) => Promise<void>;

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** The commands that make a portal work: what it sells by, and who signs for it. */
export function addPortalCommands(program: Command, catalog: Command, run: Run, io: CommandIo): void {
  catalog
    .command('publish <FILE>')
    .description('let the portal sell by this product document; it must go on from the last one')
    .action((file: string, ...args: unknown[]) =>
      run((options: GlobalOptions) => catalogPublish(file, options, io), args),
    );
  program
    .command('portal')
    .description('serve the pages for customers and staff, until it is stopped')
    .option('--port <N>', 'the port to listen at, 0 for any', '8080')
    .option('--host <ADDRESS>', 'the address to listen at', '127.0.0.1')
    .option('--origin <URL>', 'how browsers reach it, such as https://licenses.acme.example')
    .option('--trust-proxy', 'a proxy in front says who asks (X-Forwarded-For)')
    .option('--spool <DIR>', 'sign by a sign-worker through this folder, without any key here')
    .option('--webhook-secret <FILE>', 'first line is the secret that a shop signs payments with')
    .option('--admin <EMAIL>', 'the first administrator (default: admin@ and the vendor’s id)')
    .action((...args) => run((options: PortalOptions) => portal(options, io), args));
  program
    .command('sign-worker')
    .description('sign what a portal without keys asks for through a folder, until it is stopped')
    .requiredOption('--spool <DIR>', 'the folder that portal and worker share')
    .option('--product <ID>', 'only licenses of this product; repeatable', collect)
    .option('--kind <KIND>', 'only licenses of this kind, such as commercial; repeatable', collect)
    .option('--longest <DAYS>', 'only licenses of at most so many days')
    .option('--once', 'answer what lies there, and end')
    .action((...args) => run((options: SignWorkerOptions) => signWorker(options, io), args));
}
