import type { ComponentChildren, VNode } from 'preact';
import { fileNameOf } from '../../../domain/license-history.js';
import type { Account } from '../../../register/account-store.js';
import type { PlacedChange } from '../../../register/order-store.js';
import type { Customer } from '../../../register/register.js';
import { orderTexts } from '../../texts/order-texts.js';
import { staffOrderStates, staffOrderTexts as texts, staffTexts } from '../../texts/staff-texts.js';
import type { FormFault } from '../accounts/form-fault.js';
import { Csrf } from '../components/csrf.js';
import { DataList } from '../components/data-list.js';
import { Moment } from '../components/day.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import { Notice } from '../components/notice.js';
import { Price } from '../components/price.js';
import { Lines } from '../orders/change-preview-page.js';
import { changeTitle, wantedLines, type Labels } from '../orders/wanted-text.js';

interface StaffOrderProps {
  readonly order: PlacedChange;
  readonly labels: Labels;
  readonly customer: Customer;
  /** Who ordered. */
  readonly by: Account | undefined;
  readonly fault?: FormFault | undefined;
  /** What was typed, where it was not taken. */
  readonly typed?: { readonly reason: string; readonly number: string } | undefined;
}

/** One order, and what staff may do about it. */
export function StaffOrderPage({ order, labels, customer, by, fault, typed }: StaffOrderProps): VNode {
  const { id, state, wanted, reason, paidAt, result } = order;
  const { tone, badge, next } = staffOrderStates[state];
  return (
    <>
      <p class="crumb">
        <a href="/staff/orders">{texts.title}</a>
      </p>
      <h1>{orderTexts.orderTitle(changeTitle(wanted))}</h1>
      <ErrorSummary title={staffTexts.failed} errors={fault?.errors ?? []} />
      <Notice tone={tone} title={badge}>
        <p>{next}</p>
        {reason !== undefined && (
          <p>
            {texts.reason}: {reason}
          </p>
        )}
        {state === 'refused' && paidAt !== undefined && <p>{texts.payBack}</p>}
        {result !== undefined && (
          <p>
            <a href={`/licenses/${result.license}/revisions/${String(result.revision)}`} download>
              {orderTexts.download(fileNameOf(result))}
            </a>
          </p>
        )}
      </Notice>
      <div class="columns">
        <Facts order={order} labels={labels} customer={customer} by={by} />
        <Actions order={order} fault={fault} typed={typed} />
      </div>
      <p>
        <a href={`/staff/audit?object=${id}`}>{staffTexts.audit}</a>
      </p>
    </>
  );
}

function Facts({ order, labels, customer, by }: Omit<StaffOrderProps, 'fault' | 'typed'>): VNode {
  const { id, license, seenRevision, wanted, price, reference, paidAt, createdAt, createdBy, result } = order;
  const link = (path: string, text: string): VNode => <a href={path}>{text}</a>;
  return (
    <DataList
      rows={[
        [orderTexts.number, <code key="id">{id}</code>],
        [orderTexts.what, <Lines key="what" lines={wantedLines(wanted, labels)} />],
        [staffTexts.license, link(`/staff/licenses/${license}`, license)],
        [texts.seen, String(seenRevision)],
        [staffTexts.customer, link(`/staff/customers/${encodeURIComponent(customer.id)}`, customer.name)],
        [texts.by, by === undefined ? createdBy : `${by.name} (${by.email})`],
        [orderTexts.ordered, <Moment key="at" at={createdAt} />],
        ...(reference === undefined ? [] : [[texts.reference, reference] as const]),
        [orderTexts.price, price === undefined ? texts.noPrice : <Price key="price" money={price} />],
        ...(paidAt === undefined ? [] : [[orderTexts.paid, <Moment key="paid" at={paidAt} />] as const]),
        ...(result === undefined || result.license === license
          ? []
          : [[orderTexts.newLicense, link(`/staff/licenses/${result.license}`, result.license)] as const]),
      ]}
    />
  );
}

function Actions({ order, fault, typed }: Pick<StaffOrderProps, 'order' | 'fault' | 'typed'>): VNode | null {
  const { state, paidAt } = order;
  const errorOf = (field: string): string | undefined =>
    fault?.errors.find((error) => error.field === field)?.text;
  if (state === 'done' || state === 'refused' || state === 'cancelled') return null;
  const isUnpaid = state === 'awaiting-payment' && paidAt === undefined;
  return (
    <div class="card">
      {state === 'awaiting-staff' && (
        <Deed id={order.id} action="approve">
          <button type="submit">{texts.approve}</button>
        </Deed>
      )}
      {isUnpaid && (
        <Deed id={order.id} action="payment">
          <h2>{texts.payment}</h2>
          <Field
            name="number"
            label={texts.number}
            hint={texts.numberHint}
            value={typed?.number}
            error={errorOf('number')}
            maxLength={100}
          />
          <button type="submit">{texts.note}</button>
        </Deed>
      )}
      {state !== 'awaiting-staff' && !isUnpaid && (
        <Deed id={order.id} action="continue">
          <button type="submit">{texts.retry}</button>
        </Deed>
      )}
      <hr />
      <Deed id={order.id} action="refuse">
        <h2>{texts.refuse}</h2>
        <Field
          name="reason"
          type="textarea"
          label={texts.reason}
          hint={texts.reasonHint}
          value={typed?.reason}
          error={errorOf('reason')}
          required
          rows={2}
          maxLength={400}
        />
        <button type="submit" class="secondary">
          {texts.refuse}
        </button>
      </Deed>
    </div>
  );
}

function Deed({ id, action, children }: { id: string; action: string; children: ComponentChildren }): VNode {
  return (
    <form method="post" action={`/staff/orders/${id}`}>
      <Csrf />
      <input type="hidden" name="action" value={action} />
      {children}
    </form>
  );
}
