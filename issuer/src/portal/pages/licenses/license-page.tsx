import type { VNode } from 'preact';
import type { HistoryEntry } from '../../../domain/license-history.js';
import type { OwnLicense } from '../../../domain/license-window.js';
import type { WantedChange } from '../../../register/order-store.js';
import { changeTexts } from '../../texts/change-texts.js';
import { dayOf } from '../../texts/date-texts.js';
import { licenseTexts as texts, stateTexts } from '../../texts/license-texts.js';
import { asLine } from '../../texts/readable.js';
import { DayOf } from '../components/day.js';
import { Notice } from '../components/notice.js';
import { UploadedNotice, type UploadedCopy } from './uploaded-notice.js';
import { WindowList } from './window-list.js';

interface LicensePageProps {
  readonly license: OwnLicense;
  readonly history: readonly HistoryEntry[];
  /** What may be ordered of it, whoever may order. */
  readonly changes: readonly WantedChange['type'][];
  readonly mayOrder: boolean;
  /** The copy that was uploaded just now, and led here. */
  readonly uploaded?: UploadedCopy;
}

/** One license: what it is, what can be done, what it was. */
export function LicensePage({ license, history, changes, mayOrder, uploaded }: LicensePageProps): VNode {
  const { id, product, state, newest, newestFrom, zone } = license;
  return (
    <>
      <p class="crumb">
        <a href="/licenses">{texts.title}</a>
      </p>
      <h1>
        {product.name} <span class="nowrap subtle">{id}</span>
      </h1>
      {uploaded !== undefined && <UploadedNotice license={license} uploaded={uploaded} />}
      <Notice tone={stateTexts[state].tone} title={stateTexts[state].badge}>
        <p>{stateTexts[state].means}</p>
        {newestFrom !== undefined && <p>{texts.newer(newest, dayOf(newestFrom, zone).text)}</p>}
      </Notice>
      <div class="columns">
        <section>
          <h2>{texts.details}</h2>
          <WindowList license={license} />
        </section>
        <Actions id={id} newest={newest} changes={changes} mayOrder={mayOrder} />
      </div>
      <History id={id} history={history} />
    </>
  );
}

type ActionsProps = Pick<LicensePageProps, 'changes' | 'mayOrder'> & {
  readonly id: string;
  readonly newest: number;
};

function Actions({ id, newest, changes, mayOrder }: ActionsProps): VNode {
  return (
    <section class="card">
      <h2>{texts.actions}</h2>
      <p>
        <a role="button" class="wide" href={`/licenses/${id}/revisions/${String(newest)}`}>
          {texts.downloadNewest}
        </a>
      </p>
      <p class="note">{texts.install}</p>
      {mayOrder && changes.length > 0 && (
        <ul class="choices">
          {changes.map((type) => (
            <li key={type}>
              <a href={`/licenses/${id}/change/${type}`}>{changeTexts[type].title}</a>
              <small class="note">{changeTexts[type].offer}</small>
            </li>
          ))}
        </ul>
      )}
      {!mayOrder && changes.length > 0 && <p>{texts.viewer}</p>}
      {changes.length === 0 && <p>{texts.nothing}</p>}
      <p>
        <a href={`/asks?license=${id}&revision=${String(newest)}`}>{texts.askInstead}</a>
      </p>
    </section>
  );
}

/** Every file of a license, and what each changed. */
export function History({ id, history }: Pick<LicensePageProps, 'history'> & { readonly id: string }): VNode {
  const first = Math.min(...history.map(({ revision }) => revision));
  return (
    <section>
      <h2>{texts.history}</h2>
      <p>{texts.historyText}</p>
      <ol class="history">
        {history.map(({ revision, issued, fileName, changes }, index) => (
          <li key={revision}>
            <h3>
              {texts.revisionTitle(revision)} {index === 0 && <span class="badge plain">{texts.newest}</span>}
            </h3>
            <p class="note">
              {texts.issuedOn} <DayOf at={issued} zone="UTC" />
            </p>
            {revision === first ? (
              <p>{texts.firstFile}</p>
            ) : changes.length === 0 ? (
              <p>{texts.sameContent}</p>
            ) : (
              <ul>
                {changes.map((words) => (
                  <li key={words}>{asLine(words)}</li>
                ))}
              </ul>
            )}
            <a href={`/licenses/${id}/revisions/${String(revision)}`} download>
              {texts.download(fileName)}
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
