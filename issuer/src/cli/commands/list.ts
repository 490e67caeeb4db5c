import { listLicenses, type LicenseRow } from '../../domain/list-licenses.js';
import type { CommandIo, Report } from '../command-io.js';
import { withVendor, type GlobalOptions } from '../session.js';
import { textTable } from '../text-table.js';

export interface ListOptions extends GlobalOptions {
  readonly customer?: string;
  readonly product?: string;
}

const HEAD = ['LICENSE', 'REV', 'CUSTOMER', 'PRODUCT', 'KIND', 'LAST DAY', 'STATE', 'NEXT'];

const cells = ({
  id,
  revision,
  customer,
  product,
  kind,
  lastDay,
  zone,
  state,
  next,
}: LicenseRow): readonly string[] => [
  id,
  String(revision),
  customer.id,
  product,
  kind,
  lastDay === undefined ? 'none' : `${lastDay} ${zone}`,
  state,
  next === undefined ? '' : `revision ${String(next.revision)} from ${next.from}`,
];

/** `list`: every license as the customer has it now, and the revision that lies ready to follow. */
export async function list({ customer, product, ...options }: ListOptions, io: CommandIo): Promise<Report> {
  const filter = {
    ...(customer === undefined ? {} : { customer }),
    ...(product === undefined ? {} : { product }),
  };
  const rows = await withVendor(options, io, ({ register, now }) => listLicenses(register, filter, now));
  return {
    exit: 0,
    lines: rows.length === 0 ? [] : textTable(HEAD, rows.map(cells)),
    data: rows,
    notes: rows.length === 0 ? ['no licenses'] : [],
  };
}
