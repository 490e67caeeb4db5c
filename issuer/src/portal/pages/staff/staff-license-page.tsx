import type { VNode } from 'preact';
import type { HistoryEntry } from '../../../domain/license-history.js';
import { fileNameOf } from '../../../domain/license-history.js';
import type { OwnLicense } from '../../../domain/license-window.js';
import type { PlacedChange, WantedChange } from '../../../register/order-store.js';
import type { IssuedFile } from '../../../register/register.js';
import { changeTexts } from '../../texts/change-texts.js';
import { dayOf } from '../../texts/date-texts.js';
import { licenseTexts, stateTexts } from '../../texts/license-texts.js';
import { fileTexts as texts, searchTexts, staffTexts } from '../../texts/staff-texts.js';
import { DataList } from '../components/data-list.js';
import { Moment } from '../components/day.js';
import { Notice } from '../components/notice.js';
import { History } from '../licenses/license-page.js';
import { WindowList } from '../licenses/window-list.js';
import { StaffOrderTable } from './staff-order-table.js';

interface StaffLicenseProps {
  readonly license: OwnLicense;
  /** The newest one. */
  readonly file: IssuedFile;
  readonly history: readonly HistoryEntry[];
  readonly changes: readonly WantedChange['type'][];
  readonly orders: readonly PlacedChange[];
}

/** One license, with all that the vendor knows of it. */
export function StaffLicensePage(props: StaffLicenseProps): VNode {
  const { license, history, orders, file } = props;
  const { id, product, state, newest, newestFrom, zone } = license;
  return (
    <>
      <p class="crumb">
        <a href="/staff/licenses">{searchTexts.title}</a>
      </p>
      <h1>
        {product.name} <span class="nowrap subtle">{id}</span>
      </h1>
      <p>
        <a href={`/staff/customers/${encodeURIComponent(file.customer.id)}`}>{file.customer.name}</a>
      </p>
      <Notice tone={stateTexts[state].tone} title={stateTexts[state].badge}>
        <p>{stateTexts[state].means}</p>
        {newestFrom !== undefined && <p>{licenseTexts.newer(newest, dayOf(newestFrom, zone).text)}</p>}
      </Notice>
      <div class="columns">
        <section>
          <h2>{texts.details}</h2>
          <WindowList license={license} />
        </section>
        <Actions {...props} />
      </div>
      <section>
        <h2>{texts.orders}</h2>
        {orders.length === 0 ? (
          <p>{texts.noOrders}</p>
        ) : (
          <StaffOrderTable caption={texts.orders} orders={orders} />
        )}
      </section>
      <History id={id} history={history} />
      <Facts file={file} />
    </>
  );
}

function Actions({ file, changes }: Pick<StaffLicenseProps, 'file' | 'changes'>): VNode {
  const { license: id, revision } = file;
  return (
    <section class="card">
      <h2>{licenseTexts.actions}</h2>
      <p>
        <a role="button" class="wide" href={`/licenses/${id}/revisions/${String(revision)}`} download>
          {licenseTexts.download(fileNameOf(file))}
        </a>
      </p>
      {changes.length === 0 ? (
        <p>{texts.nothing}</p>
      ) : (
        <ul class="choices">
          {changes.map((type) => (
            <li key={type}>
              <a href={`/licenses/${id}/change/${type}`}>{changeTexts[type].title}</a>
              <small class="note">{changeTexts[type].offer}</small>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/staff/audit?object=${id}`}>{staffTexts.audit}</a>
      </p>
    </section>
  );
}

/** What only the register and the signed text say. */
function Facts({ file }: Pick<StaffLicenseProps, 'file'>): VNode {
  const { claims, digest, jti, iat, shard, index } = file;
  const { offer, product, needs } = claims.license;
  return (
    <section>
      <h2>{texts.facts}</h2>
      <DataList
        rows={[
          ...(offer === undefined ? [] : [[texts.offer, offer] as const]),
          [texts.catalog, String(product.catalog)],
          [texts.issued, <Moment key="issued" at={iat} />],
          [texts.file, <code key="jti">{jti}</code>],
          [texts.digest, <code key="digest">{digest}</code>],
          [texts.place, texts.placeText(shard, index)],
          [texts.needs, texts.needsText(needs.root, needs.status)],
        ]}
      />
    </section>
  );
}
