import type { VNode } from 'preact';
import { uploadTexts as texts } from '../../texts/upload-texts.js';
import { ErrorSummary } from '../components/error-summary.js';
import { UploadForm } from './upload-form.js';

interface UploadPageProps {
  readonly isSignedIn: boolean;
  /** The form came back without a file or a text. */
  readonly isEmpty?: boolean;
}

/** The first page: check a file. */
export function UploadPage({ isSignedIn, isEmpty = false }: UploadPageProps): VNode {
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary
        title={texts.nothing}
        errors={isEmpty ? [{ field: 'file', text: texts.nothingText }] : []}
      />
      <UploadForm />
      {!isSignedIn && (
        <p>
          {texts.signInLead} <a href="/sign-in">{texts.signIn}</a> {texts.signInText}
        </p>
      )}
    </>
  );
}
