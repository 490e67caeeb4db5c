import { verifyAudit, type AuditFinding } from '../../domain/audit/verify-audit.js';
import type { CommandIo, Report } from '../command-io.js';
import { withVendor, type GlobalOptions } from '../session.js';
import { textTable } from '../text-table.js';

const instant = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');

/** `audit`: who did what and when, the oldest first. */
export async function audit(options: GlobalOptions, io: CommandIo): Promise<Report> {
  const entries = await withVendor(options, io, ({ register }) => register.listAudit());
  const rows = entries.map(({ seq, at, actor, action, object, detail }) => [
    String(seq),
    instant(at),
    actor,
    action,
    object,
    Object.entries(detail)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' '),
  ]);
  return {
    exit: 0,
    lines: textTable(['SEQ', 'AT', 'WHO', 'WHAT', 'OBJECT', 'DETAIL'], rows),
    data: entries.map((entry) => ({ ...entry, at: instant(entry.at) })),
  };
}

const FINDINGS: Readonly<Record<AuditFinding['type'], string>> = {
  'chain-broken': 'the audit trail is not what was written, from this entry on',
  'file-changed': 'the file is not the one that was filed',
  'file-unaudited': 'the audit trail does not tell of the file',
  'file-missing': 'the audit trail tells of a file that is not there',
};

const findingText = (finding: AuditFinding): string => {
  const where =
    finding.type === 'chain-broken'
      ? `entry ${String(finding.seq)}`
      : `${finding.license}, revision ${String(finding.revision)}`;
  return `${where}: ${FINDINGS[finding.type]}`;
};

/** `audit verify`: whether the audit trail and all filed licenses are what was written. */
export async function auditVerify(options: GlobalOptions, io: CommandIo): Promise<Report> {
  const check = await withVendor(options, io, ({ register }) => verifyAudit(register));
  const { entries, files, hash, findings } = check;
  const isWhole = findings.length === 0;
  return {
    exit: isWhole ? 0 : 1,
    lines: isWhole
      ? [
          `audit trail whole: ${String(entries)} entries, ${String(files)} license files`,
          ...(hash === undefined ? [] : [`hash of the newest entry: ${hash}`]),
        ]
      : findings.map(findingText),
    data: { valid: isWhole, ...check },
  };
}
