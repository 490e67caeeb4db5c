import type { VNode } from 'preact';
import type { TotpSetup } from '../../../domain/accounts/totp.js';
import type { OpenedLink } from '../../../domain/accounts/link.js';
import { accountTexts as texts } from '../../texts/account-texts.js';
import { Csrf } from '../components/csrf.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import type { FormFault } from './form-fault.js';

interface LinkPageProps {
  readonly link: OpenedLink;
  readonly path: string;
  readonly totp: TotpSetup;
  /** A picture of the secret as a `data:` address. */
  readonly picture: string;
  readonly fault?: FormFault | undefined;
}

/** Where an invitation or a reset becomes a password and an authenticator. */
export function LinkPage({ link: { account, purpose }, path, totp, picture, fault }: LinkPageProps): VNode {
  return (
    <>
      <h1>{texts.linkTitle(purpose === 'reset')}</h1>
      <p>{texts.linkLead(account.name, account.email)}</p>
      <ErrorSummary title={texts.failed} errors={fault?.errors ?? []} />
      <form method="post" action={path}>
        <Csrf />
        <input type="hidden" name="username" autocomplete="username" value={account.email} />
        <h2>{texts.totpStep}</h2>
        <p>{texts.totpHint}</p>
        <img src={picture} alt={texts.totpAlt} width={200} height={200} />
        <p>
          {texts.totpSecret}: <code>{totp.text}</code>
        </p>
        <h2>{texts.passwordStep}</h2>
        <Field
          name="password"
          type="password"
          label={texts.newPassword}
          hint={texts.passwordHint}
          autocomplete="new-password"
          required
        />
        <h2>{texts.confirmStep}</h2>
        <Field
          name="code"
          label={texts.code}
          hint={texts.codeHint}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={7}
          required
        />
        <button type="submit">{texts.confirm}</button>
      </form>
    </>
  );
}
