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
  internal: row(
    'the program has an error',
    'report it to the vendor with the command and the version',
    'developer',
  ),
});

export type NodeCode = keyof typeof nodeCodes;

/** The error of a code of this package's Node part. */
export const nodeFault: (code: NodeCode, detail?: Detail) => CounterfoilError = faultsOf(nodeCodes);
