import type { VNode } from 'preact';
import { fileNameOf } from '../../../domain/license-history.js';
import type { PlacedChange } from '../../../register/order-store.js';
import { orderStates, orderTexts as texts } from '../../texts/order-texts.js';
import { Csrf } from '../components/csrf.js';
import { DataList } from '../components/data-list.js';
import { Moment } from '../components/day.js';
import { Notice } from '../components/notice.js';
import { Price } from '../components/price.js';
import { Lines } from './change-preview-page.js';
import { changeTitle, wantedLines, type Labels } from './wanted-text.js';

interface OrderPageProps {
  readonly order: PlacedChange;
  readonly labels: Labels;
  readonly mayOrder: boolean;
}

/** One order: where it stands, what happens next, and its file when it is done. */
export function OrderPage({ order, labels, mayOrder }: OrderPageProps): VNode {
  const { id, license, wanted, price, state, reason, reference, paidAt, createdAt, result } = order;
  const { tone, badge, next } = orderStates[state];
  const isOpen = state === 'awaiting-staff' || state === 'awaiting-payment';
  return (
    <>
      <p class="crumb">
        <a href="/orders">{texts.title}</a>
      </p>
      <h1>{texts.orderTitle(changeTitle(wanted))}</h1>
      <Notice tone={tone} title={badge}>
        <p>{next}</p>
        {reason !== undefined && (
          <p>
            {texts.reason}: {reason}
          </p>
        )}
        {result !== undefined && <Download result={result} isNew={result.license !== license} />}
        {mayOrder && state === 'ready' && <Action name="continue" text={texts.retry} />}
      </Notice>
      <DataList
        rows={[
          [texts.number, <code key="id">{id}</code>],
          ...(reference === undefined ? [] : [[texts.reference, reference] as const]),
          [texts.what, <Lines key="what" lines={wantedLines(wanted, labels)} />],
          [
            texts.license,
            <a key="license" href={`/licenses/${license}`}>
              {license}
            </a>,
          ],
          ...(price === undefined ? [] : [[texts.price, <Price key="price" money={price} />] as const]),
          [texts.ordered, <Moment key="at" at={createdAt} />],
          ...(paidAt === undefined ? [] : [[texts.paid, <Moment key="paid" at={paidAt} />] as const]),
        ]}
      />
      {mayOrder && isOpen && paidAt === undefined && <Action name="cancel" text={texts.cancel} isPlain />}
    </>
  );
}

interface DownloadProps {
  readonly result: NonNullable<PlacedChange['result']>;
  /** A conversion has another license. */
  readonly isNew: boolean;
}

function Download({ result, isNew }: DownloadProps): VNode {
  const { license, revision } = result;
  return (
    <p class="actions">
      <a role="button" href={`/licenses/${license}/revisions/${String(revision)}`} download>
        {texts.download(fileNameOf(result))}
      </a>
      <a href={`/licenses/${license}`}>{isNew ? texts.newLicense : texts.back}</a>
    </p>
  );
}

interface ActionProps {
  readonly name: 'cancel' | 'continue';
  readonly text: string;
  readonly isPlain?: true;
}

function Action({ name, text, isPlain }: ActionProps): VNode {
  return (
    <form method="post">
      <Csrf />
      <input type="hidden" name="action" value={name} />
      <button type="submit" {...(isPlain ? { class: 'secondary outline' } : {})}>
        {text}
      </button>
    </form>
  );
}
