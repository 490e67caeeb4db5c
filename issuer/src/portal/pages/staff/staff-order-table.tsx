import type { VNode } from 'preact';
import type { PlacedChange } from '../../../register/order-store.js';
import { staffOrderStates, staffOrderTexts as texts } from '../../texts/staff-texts.js';
import { Moment } from '../components/day.js';
import { Price } from '../components/price.js';
import { StatusBadge } from '../components/status-badge.js';
import { Table } from '../components/table.js';
import { changeTitle } from '../orders/wanted-text.js';

/** Orders as staff see them, one a row. */
export function StaffOrderTable(props: { caption: string; orders: readonly PlacedChange[] }): VNode {
  const { caption, orders } = props;
  return (
    <Table
      caption={caption}
      columns={texts.columns}
      rows={orders.map((order) => ({ key: order.id, cells: cellsOf(order) }))}
    />
  );
}

function cellsOf({ id, createdAt, wanted, license, customer, price, state }: PlacedChange): readonly VNode[] {
  const { tone, badge } = staffOrderStates[state];
  return [
    <a key="at" href={`/staff/orders/${id}`}>
      <Moment at={createdAt} />
    </a>,
    <>{changeTitle(wanted)}</>,
    <a key="license" class="nowrap" href={`/staff/licenses/${license}`}>
      {license}
    </a>,
    <a key="customer" href={`/staff/customers/${encodeURIComponent(customer)}`}>
      {customer}
    </a>,
    price === undefined ? <>–</> : <Price key="price" money={price} />,
    <StatusBadge key="state" tone={tone} text={badge} />,
  ];
}
