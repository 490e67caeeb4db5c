import { decodeUtf8 } from '@counterfoil/schemas';
import { keysFault } from '../codes.js';
import { readOwnerFile } from '../key-file/owner-file.js';
import { keyLimits } from '../limits.js';
import type { Prompt } from './prompt.js';
import { requireStrength } from './strength.js';

/** The environment variable that may hold the passphrase. */
export const PASSPHRASE_VARIABLE = 'COUNTERFOIL_PASSPHRASE';

/** Where a passphrase may come from, in this order; never from an argument, which every user of the machine can read. */
export interface PassphraseSources {
  /** A file whose first line is the passphrase; only its owner may read it. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks at the terminal; undefined where there is none. */
  readonly prompt?: Prompt | undefined;
  /** What the terminal asks for. */
  readonly question?: string;
  /** True when the passphrase is being set: it is asked for twice and must be long enough. */
  readonly isNew?: boolean;
}

/**
 * The passphrase of a key file.
 *
 * Rejects with `passphrase-missing`, `passphrase-weak`, `passphrase-differs`, `passphrase-cancelled`,
 * `file-unreadable`, `key-file-permissions`, `utf8`.
 */
export async function readPassphrase(sources: PassphraseSources): Promise<string> {
  const { env, file, prompt, question = 'passphrase', isNew = false } = sources;
  const variable = env[PASSPHRASE_VARIABLE];
  const passphrase =
    file !== undefined
      ? await readFirstLine(file)
      : variable !== undefined && variable !== ''
        ? variable
        : await ask(prompt, question, isNew);
  if (passphrase === '')
    throw keysFault('passphrase-missing', { expected: 'a passphrase', actual: 'an empty line' });
  if (isNew) requireStrength(passphrase);
  return passphrase;
}

async function readFirstLine(path: string): Promise<string> {
  const bytes = await readOwnerFile(path, keyLimits.passphraseFile);
  const [line] = decodeUtf8(bytes, 'passphrase file').split(/\r?\n/, 1) as [string];
  return line;
}

async function ask(prompt: Prompt | undefined, question: string, twice: boolean): Promise<string> {
  if (prompt === undefined) {
    throw keysFault('passphrase-missing', {
      expected: `a file, ${PASSPHRASE_VARIABLE} or a terminal`,
      actual: 'none',
    });
  }
  const [first = '', second] = await prompt(
    twice ? [`new ${question}`, `new ${question} again`] : [question],
  );
  if (twice && first !== second) throw keysFault('passphrase-differs');
  return first;
}
