import { firstBroken } from '../../register/audit-chain.js';
import type { AuditEntry, IssuedFile, Register } from '../../register/register.js';
import { textDigest } from '../product-snapshot.js';

/** Something that does not fit in what a register holds. */
export type AuditFinding =
  /** This entry, or the one before it, is not what was written. */
  | { readonly type: 'chain-broken'; readonly seq: number }
  /** The file's text is not the one that was filed. */
  | { readonly type: 'file-changed'; readonly license: string; readonly revision: number }
  /** The trail does not tell of the file. */
  | { readonly type: 'file-unaudited'; readonly license: string; readonly revision: number }
  /** The trail tells of a file that is not there. */
  | { readonly type: 'file-missing'; readonly license: string; readonly revision: number };

/** What came of holding a register against its audit trail. */
export interface AuditCheck {
  readonly entries: number;
  readonly files: number;
  /** The newest entry's hash: who keeps it elsewhere notices a trail that was cut. */
  readonly hash?: string;
  readonly findings: readonly AuditFinding[];
}

type Place = Pick<IssuedFile, 'license' | 'revision'>;

const placeText = ({ license, revision }: Place): string => `${license} ${String(revision)}`;

/** The file that an entry tells of, with its digest. */
function filedBy({ action, object, detail }: AuditEntry): (Place & { digest: string }) | undefined {
  const { revision, digest } = detail;
  if (!action.startsWith('license-') || typeof revision !== 'number' || typeof digest !== 'string')
    return undefined;
  return { license: object, revision, digest };
}

/** Holds the chain of the audit trail together, and each filed license against its text and its entry. */
export async function verifyAudit(register: Register): Promise<AuditCheck> {
  // Files before the trail: what is issued meanwhile is then in the trail at least.
  const texts = await digestFiles(register);
  const entries = await register.listAudit();
  const findings: AuditFinding[] = [];
  const seq = firstBroken(entries);
  if (seq !== undefined) findings.push({ type: 'chain-broken', seq });
  const audited = new Map<string, string>();
  for (const entry of entries) {
    const filed = filedBy(entry);
    if (filed === undefined) continue;
    const { license, revision, digest } = filed;
    audited.set(placeText(filed), digest);
    const isThere = texts.has(placeText(filed)) || (await register.findFile(license, revision)) !== undefined;
    if (!isThere) findings.push({ type: 'file-missing', license, revision });
  }
  for (const [place, { license, revision, digest, actual }] of texts) {
    if (digest !== actual) findings.push({ type: 'file-changed', license, revision });
    else if (audited.get(place) !== digest) findings.push({ type: 'file-unaudited', license, revision });
  }
  const hash = entries.at(-1)?.hash;
  return { entries: entries.length, files: texts.size, ...(hash === undefined ? {} : { hash }), findings };
}

/** Every revision's filed digest, and the one of its text. */
async function digestFiles(
  register: Register,
): Promise<ReadonlyMap<string, Place & { readonly digest: string; readonly actual: string }>> {
  const found = new Map<string, Place & { digest: string; actual: string }>();
  for (const { license, revision: newest } of await register.listFiles({})) {
    for (let revision = 1; revision <= newest; revision++) {
      const file = await register.findFile(license, revision);
      // A register that was rebuilt from copies may lack some.
      if (file === undefined) continue;
      const { digest, text } = file;
      const place = { license, revision };
      found.set(placeText(place), { ...place, digest, actual: textDigest(text) });
    }
  }
  return found;
}
