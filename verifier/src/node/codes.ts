import {
  codeTable,
  faultsOf,
  type CodeEntry,
  type CounterfoilError,
  type Detail,
} from '@counterfoil/schemas';

const row = (message: string, hint: string, who: CodeEntry['who'] = 'administrator'): CodeEntry => ({
  message,
  hint,
  who,
  exit: 2,
  http: 500,
});
/** An answer that is no, where nothing is at fault. */
const no = (message: string, hint: string): CodeEntry => ({
  message,
  hint,
  who: 'administrator',
  exit: 1,
  http: 409,
});

/** What can go wrong around a verification on a host: files, folders, the way a command is called. */
export const nodeCodes = codeTable({
  usage: row('the command was not called as it should be', 'see counterfoil-host help'),
  'kit-missing': row(
    'no kit was given, so there is nobody whose signature could be trusted',
    'pass --kit FILE with the kit that came with the product; its vendor hands it out',
  ),
  'kit-unusable': row(
    'the kit cannot be used, so there is nobody whose signature could be trusted',
    'take the kit that came with the product, unchanged; its vendor hands it out',
  ),
  'file-missing': row('there is no such file', 'check the path'),
  'file-is-folder': row('this is a folder', 'name a file in it'),
  'file-unreadable': row(
    'the file cannot be read',
    'check who may read it, and that its disk or share is there',
  ),
  'file-unwritable': row(
    'the file cannot be written',
    'check who may write to its folder, and that there is room',
  ),
  'data-missing': row('there is no such data folder', 'check the path of --data, or make the folder'),
  'options-invalid': row(
    'the license was not opened as it should be',
    'pass a kit and a data folder and, where the kit names none, a product',
    'developer',
  ),
  'no-ledger': row(
    'nothing can be recorded on this host, for its data folder cannot be written to',
    'give the program a data folder that lasts and that it may write to',
  ),
  'journal-newer': row(
    'the journal was written by a newer version, which this one may read but not write',
    'update the program',
  ),
  'journal-unsynced': row(
    'the disk did not confirm what was written, so that nothing is promised',
    'check the disk, and repeat the command',
  ),
  'license-lost': row(
    'the installed license file is not there, or was changed',
    'install the license file again',
  ),
  'license-id-other': no(
    'another license is installed',
    'acknowledge that it replaces the one that is installed, or keep the installed one',
  ),
  'license-ends-soon': no(
    'the term ends soon, and no renewal is installed that follows it',
    'ask the vendor for a renewal and install it; it may be installed now',
  ),
  'install-overtaken': row(
    'another command was faster and changed what is installed',
    'look at the status, and repeat the command if it is still wanted',
  ),
  'undo-nothing': no('there is no license to go back to', 'install the license file that is wanted'),
  'undo-late': no(
    'the time for undoing the last install is over',
    'ask the vendor for the license that is wanted',
  ),
  'undo-ended': no(
    'the license before the last install is at its end, or was withdrawn',
    'keep the license that is installed',
  ),
  'ledger-loss': no(
    'the record of use on this host would be lost for good',
    'for an image that is to be copied, pass --acknowledge clear-ledger; on a host that stays, use uninstall, which keeps the record',
  ),
  internal: row(
    'the program has an error',
    'report it to the vendor with the command and the version',
    'developer',
  ),
});

export type NodeCode = keyof typeof nodeCodes;

/** The error of a code of this package's Node part. */
export const nodeFault: (code: NodeCode, detail?: Detail) => CounterfoilError = faultsOf(nodeCodes);
