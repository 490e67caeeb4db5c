import type { VNode } from 'preact';
import { uploadTexts as texts } from '../../texts/upload-texts.js';
import { Csrf } from '../components/csrf.js';
import { Field } from '../components/field.js';

/** The form that takes a license by file, drag or paste; `.upload` is where the script lets a file be dropped. */
export function UploadForm(): VNode {
  return (
    <form method="post" action="/" encType="multipart/form-data" class="upload card" data-drop>
      <Csrf />
      <div class="field">
        <label for="field-file">{texts.fileLabel}</label>
        <small id="field-file-hint" class="hint">
          {texts.fileHint}
        </small>
        <div class="drop">
          <span class="drop-hint" hidden>
            {texts.drop}
          </span>
          <input type="file" id="field-file" name="file" aria-describedby="field-file-hint" />
        </div>
      </div>
      <p class="or">{texts.or}</p>
      <Field name="text" type="textarea" label={texts.textLabel} hint={texts.textHint} rows={5} />
      <button type="submit">{texts.submit}</button>
      <p class="note">{texts.privacy}</p>
    </form>
  );
}
