import { resolve } from 'node:path';
import { CounterfoilError } from '@counterfoil/schemas';
import { summaryLines, type Finding } from '@counterfoil/verifier';
import { issuerFault } from '../codes.js';
import type { IssuedLicense } from '../domain/sign-and-file.js';
import { writeOutput } from '../register/write-output.js';
import type { Report } from './command-io.js';

/** Where a license file goes. */
export interface DeliveryOptions {
  /** A path, or - for standard output. */
  readonly out: string;
  readonly force?: boolean;
}

/** What a command adds to the report on its license. */
export interface DeliveryExtras {
  readonly data?: object;
  readonly notes?: readonly string[];
}

/** Writes a license that was filed, and reports on it; throws `filed-not-written`. */
export async function deliverLicense(
  issued: IssuedLicense,
  { out, force = false }: DeliveryOptions,
  { data = {}, notes = [] }: DeliveryExtras = {},
): Promise<Report> {
  const { file, verdict } = issued;
  if (out !== '-') await writeFiled(out, force, issued);
  return {
    exit: 0,
    lines: [file.license],
    data: {
      license: file.license,
      revision: file.revision,
      state: verdict.state,
      digest: file.digest,
      ...(out === '-' ? { text: file.text } : { file: resolve(out) }),
      conditions: verdict.conditions,
      ...data,
    },
    ...(out === '-' ? { raw: file.text } : {}),
    notes: [
      ...summaryLines(file.claims).map(({ label, text }) => `${`${label}:`.padEnd(10)}${text}`),
      `State:    ${verdict.state}`,
      ...notes,
      ...verdict.conditions.map(
        ({ code, message, hint }: Finding) => `warning: ${code}: ${message}; ${hint}`,
      ),
      ...(out === '-' ? [] : [`written to ${out}`]),
    ],
  };
}

/** The license is in the register by now, so a failure to write must not look like a failure to issue. */
async function writeFiled(out: string, force: boolean, { file }: IssuedLicense): Promise<void> {
  try {
    await writeOutput(out, file.text, { force });
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw issuerFault('filed-not-written', {
      where: `${file.license}, revision ${String(file.revision)}`,
      actual: cause.message,
      cause,
    });
  }
}
