import type { VNode } from 'preact';
import type { Account } from '../../../register/account-store.js';
import { accountTexts as texts } from '../../texts/account-texts.js';
import { Csrf } from '../components/csrf.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import { Table } from '../components/table.js';
import type { FormFault } from './form-fault.js';

interface AccountsPageProps {
  readonly accounts: readonly Account[];
  /** Who looks. */
  readonly own: string;
  /** A link that was just made: it can be shown at this one time only. */
  readonly made?: { readonly name: string; readonly link: string } | undefined;
  readonly fault?: FormFault | undefined;
  /** What was typed, where it was not taken. */
  readonly typed?: { readonly email: string; readonly name: string; readonly customer: string } | undefined;
}

function Deed({ id, deed, label }: { id: string; deed: string; label: string }): VNode {
  return (
    <form method="post" action={`/staff/accounts/${id}/${deed}`}>
      <Csrf />
      <button type="submit" class="secondary">
        {label}
      </button>
    </form>
  );
}

const ROLES: readonly Account['role'][] = ['viewer', 'owner', 'staff', 'admin'];

function InviteForm({ fault, typed }: Pick<AccountsPageProps, 'fault' | 'typed'>): VNode {
  return (
    <section>
      <h2>{texts.invite}</h2>
      <ErrorSummary title={texts.failed} errors={fault?.errors ?? []} />
      <form method="post" action="/staff/accounts">
        <Csrf />
        <Field name="email" type="email" label={texts.email} value={typed?.email} required />
        <Field name="name" label={texts.name} value={typed?.name} maxLength={100} required />
        <fieldset>
          <legend>{texts.role}</legend>
          {ROLES.map((role, index) => (
            <label key={role}>
              <input type="radio" name="role" value={role} checked={index === 0} />
              {texts.roles[role]}
            </label>
          ))}
        </fieldset>
        <Field name="customer" label={texts.customer} hint={texts.customerHint} value={typed?.customer} />
        <button type="submit">{texts.inviteDo}</button>
      </form>
    </section>
  );
}

/** Every account, for administrators. */
export function AccountsPage({ accounts, own, made, fault, typed }: AccountsPageProps): VNode {
  return (
    <>
      <h1>{texts.accounts}</h1>
      <p>{texts.accountsLead}</p>
      {made !== undefined && (
        <section class="notice good" role="status">
          <h2>{texts.linkMade(made.name)}</h2>
          <p>
            <code>{made.link}</code>
          </p>
          <p>{texts.linkMadeHint}</p>
        </section>
      )}
      <Table
        caption={texts.accounts}
        columns={[texts.email, texts.name, texts.role, texts.customer, texts.state, texts.action]}
        rows={accounts.map(({ id, email, name, role, customer, state }) => ({
          key: id,
          cells: [
            email,
            name,
            <span class="nowrap">{texts.shortRoles[role]}</span>,
            customer ?? '',
            <span class="nowrap">{texts.states[state]}</span>,
            id === own ? (
              texts.you
            ) : (
              <>
                <Deed id={id} deed="link" label={texts.newLink} />
                {state !== 'disabled' && <Deed id={id} deed="disable" label={texts.disable} />}
              </>
            ),
          ],
        }))}
      />
      <InviteForm fault={fault} typed={typed} />
    </>
  );
}
