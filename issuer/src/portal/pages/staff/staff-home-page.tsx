import type { ComponentChildren, VNode } from 'preact';
import type { LicenseRow } from '../../../domain/list-licenses.js';
import type { TrustConcern } from '../../../domain/trust-status.js';
import type { Ask, PlacedChange } from '../../../register/order-store.js';
import { homeTexts as texts } from '../../texts/staff-texts.js';
import { Moment } from '../components/day.js';
import { changeTitle } from '../orders/wanted-text.js';
import { LastDayOf } from './license-table.js';
import { ConcernList } from './trust-page.js';

/** What waits for staff. */
export interface Waiting {
  readonly awaitingStaff: readonly PlacedChange[];
  readonly awaitingPayment: readonly PlacedChange[];
  /** Approved and paid, and yet without a file. */
  readonly ready: readonly PlacedChange[];
  readonly asks: readonly Ask[];
  readonly ending: readonly LicenseRow[];
  readonly concerns: readonly TrustConcern[];
}

/** The first page of staff: what waits, each with the way to it. */
export function StaffHomePage({ waiting }: { readonly waiting: Waiting }): VNode {
  const { awaitingStaff, awaitingPayment, ready, asks, ending, concerns } = waiting;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {ready.length > 0 && (
        <Part title={texts.ready(ready.length)} link={['/staff/orders', texts.toOrders]}>
          <OrderList orders={ready} />
        </Part>
      )}
      <Part
        title={awaitingStaff.length === 0 ? texts.noAwaitingStaff : texts.awaitingStaff(awaitingStaff.length)}
        link={['/staff/orders', texts.toOrders]}
      >
        <OrderList orders={awaitingStaff} />
      </Part>
      <Part
        title={
          awaitingPayment.length === 0
            ? texts.noAwaitingPayment
            : texts.awaitingPayment(awaitingPayment.length)
        }
        link={['/staff/orders', texts.toOrders]}
      >
        <OrderList orders={awaitingPayment} />
      </Part>
      <Part
        title={asks.length === 0 ? texts.noAsks : texts.asks(asks.length)}
        link={['/staff/asks', texts.toAsks]}
      >
        <Some
          rows={asks}
          show={({ id, at, email }) => (
            <li key={id}>
              {email}, <Moment at={at} />
            </li>
          )}
        />
      </Part>
      <Part
        title={ending.length === 0 ? texts.noEnding : texts.ending(ending.length)}
        link={['/staff/licenses?ends=soon', texts.toEnding]}
      >
        <Some
          rows={ending}
          show={(row) => (
            <li key={row.id}>
              <a href={`/staff/licenses/${row.id}`}>{row.id}</a> {row.customer.name}: <LastDayOf row={row} />
            </li>
          )}
        />
      </Part>
      <Part
        title={concerns.length === 0 ? texts.noTrust : texts.trust(concerns.length)}
        link={['/staff/trust', texts.toTrust]}
      >
        <ConcernList concerns={concerns} />
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly link: readonly [path: string, label: string];
  readonly children: ComponentChildren;
}

function Part({ title, link: [path, label], children }: PartProps): VNode {
  return (
    <section>
      <h2>{title}</h2>
      {children}
      <p>
        <a href={path}>{label}</a>
      </p>
    </section>
  );
}

function OrderList({ orders }: { readonly orders: readonly PlacedChange[] }): VNode | null {
  return (
    <Some
      rows={orders}
      show={({ id, wanted, license, createdAt }) => (
        <li key={id}>
          <a href={`/staff/orders/${id}`}>
            {changeTitle(wanted)} {license}
          </a>
          , <Moment at={createdAt} />
        </li>
      )}
    />
  );
}

/** What the first page has room for of each. */
const SHOWN = 5;

interface SomeProps<T> {
  readonly rows: readonly T[];
  readonly show: (row: T) => VNode;
}

function Some<T>({ rows, show }: SomeProps<T>): VNode | null {
  if (rows.length === 0) return null;
  return (
    <ul>
      {rows.slice(0, SHOWN).map(show)}
      {rows.length > SHOWN && <li>{texts.more(rows.length - SHOWN)}</li>}
    </ul>
  );
}
