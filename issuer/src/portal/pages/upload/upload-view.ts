import type { CounterfoilError } from '@counterfoil/schemas';
import { isInForce, type Instant } from '@counterfoil/verifier';
import type { Repair } from '@counterfoil/verifier/node';
import { windowOf, type LicenseWindow } from '../../../domain/license-window.js';
import type { Upload, UploadedLicense } from '../../../domain/upload/upload.js';

/** What kept an upload from being a license, for people. */
export interface ProblemView {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly where?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** What anybody may be told of an upload: what the file itself says, and whether it is the newest. */
export interface UploadView {
  readonly kind: 'current' | 'older' | 'unknown' | 'withdrawn' | 'document' | 'problem';
  readonly looksLike?: string;
  readonly repairs: readonly Repair[];
  readonly problem?: ProblemView;
  readonly license?: LicenseWindow;
  /** The license is there without the blocks that a host needs beside it. */
  readonly isIncomplete?: true;
  readonly canInstall: boolean;
}

/** Hints of the form end so; here it has been tried. */
const ASKED_ALREADY = ', or let counterfoil-host doctor repair it';

function problemView({ code, entry, detail: { where, expected, actual } }: CounterfoilError): ProblemView {
  return {
    code,
    message: entry.message,
    hint: entry.hint.replace(ASKED_ALREADY, ''),
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

function kindOf({ state, standing }: UploadedLicense): UploadView['kind'] {
  return state === 'revoked' || state === 'suspended' ? 'withdrawn' : standing.type;
}

/** Leaves out all that the register knows beyond whether the file is the newest. */
export function uploadView({ finding, repairs, looksLike }: Upload, now: Instant): UploadView {
  const seen = { repairs, ...(looksLike === undefined ? {} : { looksLike }) };
  switch (finding.type) {
    case 'problem':
      return { ...seen, kind: 'problem', problem: problemView(finding.problem), canInstall: false };
    case 'other-document':
      return { ...seen, kind: 'document', canInstall: false };
    case 'license': {
      const kind = kindOf(finding);
      const isWhole = finding.missing === undefined && repairs.length === 0;
      return {
        ...seen,
        kind,
        license: windowOf(finding.claims, finding.state, now),
        ...(finding.missing === undefined ? {} : { isIncomplete: true }),
        canInstall:
          kind === 'current' && isWhole && (isInForce(finding.state) || finding.state === 'pending'),
      };
    }
  }
}
