import type { VNode } from 'preact';
import type { Account } from '../../../register/account-store.js';
import { accountTexts as texts } from '../../texts/account-texts.js';
import { Csrf } from '../components/csrf.js';
import { DataList } from '../components/data-list.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import type { FormFault } from './form-fault.js';

interface AccountPageProps {
  readonly account: Account;
  readonly isChanged: boolean;
  readonly fault?: FormFault | undefined;
}

/** Somebody's own account. */
export function AccountPage({ account, isChanged, fault }: AccountPageProps): VNode {
  const { name, email, role, customer } = account;
  return (
    <>
      <h1>{texts.account}</h1>
      {isChanged && <p role="status">{texts.changed}</p>}
      <DataList
        rows={[
          [texts.name, name],
          [texts.email, email],
          [texts.role, texts.roles[role]],
          ...(customer === undefined ? [] : [[texts.customer, customer] as const]),
        ]}
      />
      {role === 'admin' && (
        <p>
          <a href="/staff/accounts">{texts.accounts}</a>
        </p>
      )}
      <h2>{texts.changePassword}</h2>
      <ErrorSummary title={texts.failed} errors={fault?.errors ?? []} />
      <form method="post" action="/account/password">
        <Csrf />
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <Field
          name="present"
          type="password"
          label={texts.presentPassword}
          autocomplete="current-password"
          required
        />
        <Field
          name="password"
          type="password"
          label={texts.newPassword}
          hint={texts.passwordHint}
          autocomplete="new-password"
          required
        />
        <button type="submit">{texts.changePassword}</button>
      </form>
      <h2>{texts.lostTitle}</h2>
      <p>{texts.lost}</p>
      <h2>{texts.everywhere}</h2>
      <form method="post" action="/account/sign-out-everywhere">
        <Csrf />
        <p>{texts.everywhereHint}</p>
        <button type="submit" class="secondary">
          {texts.everywhere}
        </button>
      </form>
    </>
  );
}
