import type { Command } from 'commander';
import { audit, auditVerify } from './commands/audit.js';
import { backup, type BackupOptions } from './commands/backup.js';
import { restore, type RestoreOptions } from './commands/restore.js';
import type { CommandIo } from './command-io.js';
import type { Run } from './portal-commands.js';
import type { GlobalOptions } from './session.js';

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** The commands about the register as a whole. */
export function addStoreCommands(program: Command, run: Run, io: CommandIo): void {
  const trail = program
    .command('audit')
    .description('show who did what and when')
    .action((...args) => run((options: GlobalOptions) => audit(options, io), args));
  trail
    .command('verify')
    .description(
      'hold the audit trail together, and every filed license against it; ends with 1 if one differs',
    )
    .action((...args) => run((options: GlobalOptions) => auditVerify(options, io), args));
  program
    .command('backup')
    .description('write all that is stored, as it is at one instant, into a file; keys are not in it')
    .requiredOption('--out <FILE>', 'where to write it')
    .option('--force', 'replace a file that is there')
    .action((...args) => run((options: BackupOptions) => backup(options, io), args));
  program
    .command('restore')
    .description('fill an empty register from a backup, or from copies of license files')
    .option('--from <FILE>', 'what counterfoil backup wrote, from either kind of database')
    .option('--from-files <DIR>', 'a folder with license files (.lic) that were handed out')
    .option(
      '--product-file <FILE>',
      'with --from-files: the newest product document (YAML) of each product; repeatable',
      collect,
    )
    .action((...args) => run((options: RestoreOptions) => restore(options, io), args));
}
