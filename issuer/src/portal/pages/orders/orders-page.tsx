import type { VNode } from 'preact';
import type { PlacedChange } from '../../../register/order-store.js';
import { orderStates, orderTexts as texts } from '../../texts/order-texts.js';
import { Moment } from '../components/day.js';
import { EmptyState } from '../components/empty-state.js';
import { Price } from '../components/price.js';
import { StatusBadge } from '../components/status-badge.js';
import { Table } from '../components/table.js';
import { changeTitle } from './wanted-text.js';

/** All orders of a customer, the newest first. */
export function OrdersPage({ orders }: { readonly orders: readonly PlacedChange[] }): VNode {
  return (
    <>
      <h1>{texts.title}</h1>
      {orders.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>
          <p>{texts.emptyText}</p>
          <p>
            <a role="button" href="/licenses">
              {texts.toLicenses}
            </a>
          </p>
        </EmptyState>
      ) : (
        <Table
          caption={texts.table}
          columns={texts.columns}
          rows={orders.map((order) => ({ key: order.id, cells: cellsOf(order) }))}
        />
      )}
    </>
  );
}

function cellsOf({ id, createdAt, wanted, license, price, state }: PlacedChange): readonly VNode[] {
  const { tone, badge } = orderStates[state];
  return [
    <a key="at" href={`/orders/${id}`}>
      <Moment at={createdAt} />
    </a>,
    <>{changeTitle(wanted)}</>,
    <a key="license" class="nowrap" href={`/licenses/${license}`}>
      {license}
    </a>,
    price === undefined ? <>–</> : <Price key="price" money={price} />,
    <StatusBadge key="state" tone={tone} text={badge} />,
  ];
}
