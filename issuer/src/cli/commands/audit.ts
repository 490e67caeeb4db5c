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
