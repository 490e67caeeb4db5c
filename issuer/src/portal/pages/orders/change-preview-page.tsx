import type { VNode } from 'preact';
import type { PlannedChange } from '../../../domain/orders/plan-change.js';
import { wantedFields } from '../../http/read-wanted.js';
import { changeTexts } from '../../texts/change-texts.js';
import { orderTexts as texts, wayTexts } from '../../texts/order-texts.js';
import { asLine } from '../../texts/readable.js';
import { Csrf } from '../components/csrf.js';
import { DataList } from '../components/data-list.js';
import { Field } from '../components/field.js';
import { Price } from '../components/price.js';
import { wantedLines, type Labels } from './wanted-text.js';

/** A plan that can be ordered. */
export type OfferedPlan = PlannedChange & {
  readonly how: keyof typeof wayTexts;
  readonly preview: NonNullable<PlannedChange['preview']>;
};

interface ChangePreviewProps {
  readonly plan: OfferedPlan;
  readonly labels: Labels;
}

/** What a change would do, and the button that orders it. */
export function ChangePreviewPage({ plan, labels }: ChangePreviewProps): VNode {
  const { file, wanted, how, preview, price } = plan;
  const { type } = wanted;
  const path = `/licenses/${file.license}/change/${type}`;
  const fields = wantedFields(wanted);
  const again = new URLSearchParams(fields.map(([name, value]) => [name, value]));
  return (
    <>
      <p class="crumb">
        <a href={`/licenses/${file.license}`}>{file.license}</a>
      </p>
      <h1>{texts.previewTitle(changeTexts[type].title)}</h1>
      <div class="columns">
        <div>
          <section>
            <DataList
              rows={[
                [texts.what, <Lines key="what" lines={wantedLines(wanted, labels)} />],
                [
                  texts.price,
                  price === undefined ? (
                    how === 'staff' && type !== 'reduce' ? (
                      texts.priceLater
                    ) : (
                      texts.noPrice
                    )
                  ) : (
                    <strong key="price">
                      <Price money={price} />
                    </strong>
                  ),
                ],
              ]}
            />
          </section>
          <section>
            <h2>{texts.changesTitle}</h2>
            <ul>
              {preview.words.map((words) => (
                <li key={words}>{asLine(words)}</li>
              ))}
            </ul>
          </section>
        </div>
        <form method="post" action={path} class="card">
          <h2>{texts.nextTitle}</h2>
          <p>{wayTexts[how].text}</p>
          <Csrf />
          <input type="hidden" name="seen" value={String(file.revision)} />
          {fields.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field name="reference" label={texts.referenceLabel} hint={texts.referenceHint} maxLength={100} />
          <p class="actions">
            <button type="submit">{wayTexts[how].submit}</button>
            <a href={`${path}?${again.toString()}`}>{texts.change}</a>
          </p>
        </form>
      </div>
    </>
  );
}

/** Lines of text as a plain list. */
export function Lines({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <ul class="bare">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
