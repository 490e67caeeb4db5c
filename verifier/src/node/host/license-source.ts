import { limits } from '@counterfoil/schemas';
import type { Finding } from '../../core/index.js';
import { readFileWithin } from '../files.js';
import type { LicenseSource, Stored } from './data-folder.js';
import { planInstall } from './install/plan-install.js';

/** What a program was given. */
export interface GivenLicense {
  /** The text of a license file. */
  readonly license?: string | Uint8Array;
  /** The path of one. */
  readonly licenseFile?: string;
}

/** The variables of the environment, as far as they matter here. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TEXT = 'COUNTERFOIL_LICENSE';
const FILE = 'COUNTERFOIL_LICENSE_FILE';

/** The file that a source stands in, where it is one: argument, else variable. */
export function sourceFile({ license, licenseFile }: GivenLicense, env: Environment): string | undefined {
  if (license !== undefined) return undefined;
  if (licenseFile !== undefined) return licenseFile;
  return (env[TEXT] ?? '') === '' ? env[FILE] || undefined : undefined;
}

/**
 * The license that the surroundings give: the argument, then `COUNTERFOIL_LICENSE` (the text), then
 * `COUNTERFOIL_LICENSE_FILE` (ledger.md, LG-4.3); undefined where only the data folder is left.
 *
 * Throws the codes of reading files.
 */
export function readLicenseSource(given: GivenLicense, env: Environment): LicenseSource | undefined {
  const { license, licenseFile } = given;
  const text = license ?? (licenseFile === undefined ? env[TEXT] : undefined) ?? '';
  if (text.length > 0) {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    return { from: license === undefined ? TEXT : 'the argument', bytes };
  }
  const path = sourceFile(given, env);
  if (path === undefined) return undefined;
  return {
    from: licenseFile === undefined ? FILE : 'the argument',
    bytes: readFileWithin(path, limits.file),
  };
}

/** What is stored with the license of the surroundings on top, and why it does not count where it does not. */
export interface Sourced {
  readonly stored: Stored;
  readonly finding?: Finding;
}

/** Lays the license of the surroundings over what is stored, as if it were installed last; nothing is written. */
export function withSource(stored: Stored): Sourced {
  const { source } = stored.asker;
  if (source === undefined) return { stored };
  const plan = planInstall(stored, source.bytes, []);
  if (plan.arm === 'refused') return { stored, finding: plan.finding };
  if (plan.arm === 'repeat') return { stored };
  const { record } = plan;
  const installs = [...stored.state.installs, { ...record, line: record.license }];
  return {
    stored: {
      ...stored,
      state: { ...stored.state, installs },
      carried: { digest: record.license, bytes: source.bytes },
    },
  };
}
