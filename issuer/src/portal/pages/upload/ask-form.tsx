import type { VNode } from 'preact';
import { askTexts as texts, uploadTexts } from '../../texts/upload-texts.js';
import { Csrf } from '../components/csrf.js';
import { ErrorSummary, type FormError } from '../components/error-summary.js';
import { Field } from '../components/field.js';

/** What somebody typed into an ask, right or wrong. */
export interface AskInput {
  readonly email: string;
  readonly text: string;
  /** The license that the uploaded file says it is. */
  readonly about?: { readonly license: string; readonly revision: number };
}

interface AskFormProps {
  readonly input: AskInput;
  readonly errors?: readonly FormError[];
  /** Whether the form is the page, or a part of one. */
  readonly isPage?: boolean;
}

/** An ask to the vendor's staff, for which nobody needs an account. */
export function AskForm({ input: { email, text, about }, errors = [], isPage = false }: AskFormProps): VNode {
  const Title = isPage ? 'h1' : 'h2';
  const errorOf = (field: string): string | undefined => errors.find((error) => error.field === field)?.text;
  return (
    <section class="card" aria-labelledby="ask-title">
      <Title id="ask-title">{texts.title}</Title>
      <p>{texts.lead}</p>
      <ErrorSummary title={texts.errors} errors={errors} />
      <form method="post" action="/asks" data-guard>
        <Csrf />
        {about !== undefined && (
          <>
            <p>{texts.about(about.license, about.revision)}</p>
            <input type="hidden" name="license" value={about.license} />
            <input type="hidden" name="revision" value={about.revision} />
          </>
        )}
        <Field
          name="email"
          type="email"
          label={texts.email}
          hint={texts.emailHint}
          value={email}
          error={errorOf('email')}
          required
          maxLength={254}
          autocomplete="email"
        />
        <Field
          name="text"
          type="textarea"
          label={texts.text}
          hint={texts.textHint}
          value={text}
          error={errorOf('text')}
          required
          maxLength={4000}
        />
        <button type="submit">{texts.submit}</button>
      </form>
    </section>
  );
}

/** Says that an ask was taken. */
export function AskSentPage(): VNode {
  return (
    <>
      <h1>{texts.sentTitle}</h1>
      <p>{texts.sentText}</p>
      <p>
        {texts.sentNext} <a href="/">{uploadTexts.again}</a>
      </p>
    </>
  );
}
