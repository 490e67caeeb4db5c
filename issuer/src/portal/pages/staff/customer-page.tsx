import type { VNode } from 'preact';
import type { LicenseRow } from '../../../domain/list-licenses.js';
import type { Account } from '../../../register/account-store.js';
import type { PlacedChange } from '../../../register/order-store.js';
import type { Customer } from '../../../register/register.js';
import { accountTexts } from '../../texts/account-texts.js';
import { customerTexts as texts } from '../../texts/staff-texts.js';
import type { FormFault } from '../accounts/form-fault.js';
import { Csrf } from '../components/csrf.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import { Table } from '../components/table.js';
import { LicenseTable } from './license-table.js';
import { StaffOrderTable } from './staff-order-table.js';

interface CustomerProps {
  readonly customer: Customer;
  readonly licenses: readonly LicenseRow[];
  readonly contacts: readonly Account[];
  readonly orders: readonly PlacedChange[];
  readonly isAdmin: boolean;
  /** A link that was just made: it can be shown at this one time only. */
  readonly made?: { readonly name: string; readonly link: string } | undefined;
  readonly fault?: FormFault | undefined;
  /** What was typed, where it was not taken. */
  readonly typed?: { readonly email: string; readonly name: string } | undefined;
}

/** One customer: licenses, people, orders. */
export function CustomerPage(props: CustomerProps): VNode {
  const { customer, licenses, contacts, orders, isAdmin, made } = props;
  const id = encodeURIComponent(customer.id);
  return (
    <>
      <p class="crumb">
        <a href="/staff/customers">{texts.title}</a>
      </p>
      <h1>
        {customer.name} <span class="subtle">{customer.id}</span>
      </h1>
      {made !== undefined && (
        <section class="notice good" role="status">
          <h2>{accountTexts.linkMade(made.name)}</h2>
          <p>
            <code class="wrap">{made.link}</code>
          </p>
          <p>{accountTexts.linkMadeHint}</p>
        </section>
      )}
      <section>
        <h2>{texts.licenses}</h2>
        <LicenseTable caption={texts.licenses} rows={licenses} />
        <p class="actions">
          <a href={`/staff/licenses?customer=${id}`}>{texts.allLicenses}</a>
          <a href={`/staff/issue?customer=${id}`}>{texts.issue}</a>
        </p>
      </section>
      <section>
        <h2>{texts.contacts}</h2>
        {contacts.length === 0 ? (
          <p>{texts.noContacts}</p>
        ) : (
          <Table
            caption={texts.contacts}
            columns={texts.contactColumns}
            rows={contacts.map((contact) => ({
              key: contact.id,
              cells: [
                contact.email,
                contact.name,
                accountTexts.roles[contact.role],
                accountTexts.states[contact.state],
              ],
            }))}
          />
        )}
        {isAdmin ? <InviteForm {...props} /> : <p class="note">{texts.inviteAdmin}</p>}
      </section>
      <section>
        <h2>{texts.orders}</h2>
        {orders.length === 0 ? (
          <p>{texts.noOrders}</p>
        ) : (
          <StaffOrderTable caption={texts.orders} orders={orders} />
        )}
      </section>
    </>
  );
}

function InviteForm({ customer, fault, typed }: Pick<CustomerProps, 'customer' | 'fault' | 'typed'>): VNode {
  const errorOf = (field: string): string | undefined =>
    fault?.errors.find((error) => error.field === field)?.text;
  return (
    <form method="post" action={`/staff/customers/${encodeURIComponent(customer.id)}`} class="card">
      <Csrf />
      <h3>{texts.invite}</h3>
      <ErrorSummary title={accountTexts.failed} errors={fault?.errors ?? []} />
      <Field
        name="email"
        type="email"
        label={accountTexts.email}
        value={typed?.email}
        error={errorOf('email')}
        required
      />
      <Field
        name="name"
        label={accountTexts.name}
        value={typed?.name}
        error={errorOf('name')}
        maxLength={100}
        required
      />
      <fieldset>
        <legend>{accountTexts.role}</legend>
        {(['viewer', 'owner'] as const).map((role, index) => (
          <label key={role}>
            <input type="radio" name="role" value={role} checked={index === 0} />
            {accountTexts.roles[role]}
          </label>
        ))}
      </fieldset>
      <button type="submit">{accountTexts.inviteDo}</button>
    </form>
  );
}
