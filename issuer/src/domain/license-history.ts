import type { Instant } from '@counterfoil/verifier';
import type { IssuedFile, Register } from '../register/register.js';
import { previewReissue } from './reissue/reissue-preview.js';

/** One file of a license, and what it changed. */
export interface HistoryEntry {
  readonly revision: number;
  readonly issued: Instant;
  /** The name under which the file is handed out. */
  readonly fileName: string;
  /** What differs from the revision before, in words; none for the first. */
  readonly changes: readonly string[];
}

/** The name under which a file is handed out: `CF-7K2M-94QX-3-2.lic`. */
export const fileNameOf = ({ license, revision }: Pick<IssuedFile, 'license' | 'revision'>): string =>
  `${license}-${String(revision)}.lic`;

/** Every file of a license, the newest first. */
export async function licenseHistory(
  register: Register,
  { license, revision }: Pick<IssuedFile, 'license' | 'revision'>,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let before: IssuedFile | undefined;
  for (let number = 1; number <= revision; number++) {
    const file = await register.findFile(license, number);
    if (file === undefined) continue;
    const changes = before === undefined ? [] : previewReissue(before.claims, file.claims, file.iat).words;
    entries.unshift({ revision: number, issued: file.iat, fileName: fileNameOf(file), changes });
    before = file;
  }
  return entries;
}
