import type { VNode } from 'preact';
import type { LicenseRow } from '../../../domain/list-licenses.js';
import { kindTexts, licenseTexts } from '../../texts/license-texts.js';
import { readable } from '../../texts/readable.js';
import { staffTexts as texts } from '../../texts/staff-texts.js';
import { Day } from '../components/day.js';
import { Table } from '../components/table.js';
import { StateBadge } from '../licenses/window-list.js';

/** Licenses as staff see them, one a row. */
export function LicenseTable({ caption, rows }: { caption: string; rows: readonly LicenseRow[] }): VNode {
  return (
    <Table
      caption={caption}
      columns={[texts.license, texts.customer, texts.product, texts.type, texts.ends, texts.state]}
      rows={rows.map((row) => ({ key: row.id, cells: cellsOf(row) }))}
    />
  );
}

function cellsOf(row: LicenseRow): readonly VNode[] {
  const { id, customer, product, kind, state, next } = row;
  return [
    <a key="id" class="nowrap" href={`/staff/licenses/${id}`}>
      {id}
    </a>,
    <a key="customer" href={`/staff/customers/${encodeURIComponent(customer.id)}`}>
      {customer.name}
    </a>,
    <>{product}</>,
    <>{new Map(Object.entries(kindTexts)).get(kind) ?? kind}</>,
    <LastDayOf key="end" row={row} />,
    <>
      <StateBadge state={state} />
      {next !== undefined && (
        <small class="note">{licenseTexts.readyShort(next.revision, readable(next.from))}</small>
      )}
    </>,
  ];
}

/** The last day of a row with its zone. */
export function LastDayOf({ row: { lastDay, zone } }: { readonly row: LicenseRow }): VNode {
  if (lastDay === undefined) return <>{licenseTexts.noEnd}</>;
  return <Day day={{ date: lastDay, text: `${readable(lastDay)} (${zone})` }} />;
}
