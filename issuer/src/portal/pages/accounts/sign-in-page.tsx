import type { VNode } from 'preact';
import { accountTexts as texts } from '../../texts/account-texts.js';
import { Csrf } from '../components/csrf.js';
import { ErrorSummary } from '../components/error-summary.js';
import { Field } from '../components/field.js';
import type { FormFault } from './form-fault.js';

interface StepProps {
  readonly fault?: FormFault | undefined;
  /** Where to go afterwards; the empty text for home. */
  readonly to: string;
}

/** The first step of a sign-in. */
export function SignInPage({ fault, to, email }: StepProps & { readonly email: string }): VNode {
  return (
    <>
      <h1>{texts.signIn}</h1>
      <ErrorSummary title={texts.failed} errors={fault?.errors ?? []} />
      <form method="post" action="/sign-in">
        <Csrf />
        <input type="hidden" name="to" value={to} />
        <Field name="email" type="email" label={texts.email} value={email} autocomplete="username" required />
        <Field
          name="password"
          type="password"
          label={texts.password}
          autocomplete="current-password"
          required
        />
        <button type="submit">{texts.next}</button>
      </form>
      <p>
        {texts.signInHint} <a href="/">{texts.checkFile}</a>
      </p>
    </>
  );
}

/** The second step. */
export function CodePage({ fault, to }: StepProps): VNode {
  return (
    <>
      <h1>{texts.codeTitle}</h1>
      <ErrorSummary title={texts.failed} errors={fault?.errors ?? []} />
      <form method="post" action="/sign-in/code">
        <Csrf />
        <input type="hidden" name="to" value={to} />
        <Field
          name="code"
          label={texts.code}
          hint={texts.codeHint}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={7}
          required
        />
        <button type="submit">{texts.signIn}</button>
      </form>
      <p>
        <a href="/sign-in?again=1">{texts.otherAccount}</a>
      </p>
    </>
  );
}
