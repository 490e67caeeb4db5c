import {
  codeTable,
  faultsOf,
  type CodeEntry,
  type CounterfoilError,
  type Detail,
} from '@counterfoil/schemas';

const row = (message: string, hint: string, exit: CodeEntry['exit'] = 1): CodeEntry => ({
  message,
  hint,
  who: 'administrator',
  exit,
  http: exit === 1 ? 422 : 500,
});

/** Why a file cannot be repaired, besides the codes of its form and of its verification. */
export const doctorCodes = codeTable({
  'file-kind': row(
    'this is another kind of file',
    'take the file that the vendor sent out of it, or ask the vendor for it',
  ),
  'file-damaged': row(
    'the file is damaged in a way that nobody can mend without guessing',
    'copy it again from where it came, or ask the vendor for it again',
  ),
  'file-short': row('a part of the file is missing', 'copy it again from where it came, whole'),
  'file-exists': row('there is such a file already', 'name another one: none is ever overwritten', 2),
});

export type DoctorCode = keyof typeof doctorCodes;

/** The error of a code of the doctor. */
export const doctorFault: (code: DoctorCode, detail?: Detail) => CounterfoilError = faultsOf(doctorCodes);
