import type { VNode } from 'preact';
import { termText } from '@counterfoil/verifier';
import type { FirstDraft } from '../../../domain/order/issue-license.js';
import { totalAt } from '../../../domain/reissue/change-lots.js';
import { ISSUE_FIELDS } from '../../http/read-issue.js';
import { issueTexts as texts } from '../../texts/issue-texts.js';
import { kindTexts, licenseTexts } from '../../texts/license-texts.js';
import { asSentence, readable } from '../../texts/readable.js';
import { staffTexts } from '../../texts/staff-texts.js';
import { Csrf } from '../components/csrf.js';
import { DataList } from '../components/data-list.js';
import { Lines } from '../orders/change-preview-page.js';
import { listPath } from './pager.js';

interface IssuePreviewProps {
  readonly draft: FirstDraft;
  readonly isKnown: boolean;
  readonly fields: ReadonlyMap<string, string>;
  /** Lets the form that is sent twice issue once. */
  readonly once: string;
}

/** What would be issued, and the button that does it. */
export function IssuePreviewPage({ draft, isKnown, fields, once }: IssuePreviewProps): VNode {
  const { customer, product, grant } = draft;
  const typed = new Map(ISSUE_FIELDS.map((name) => [name, fields.get(name) ?? '']));
  const note = typed.get('note') ?? '';
  return (
    <>
      <p class="crumb">
        <a href={listPath('/staff/issue', typed)}>{texts.title}</a>
      </p>
      <h1>{texts.previewTitle}</h1>
      <div class="columns">
        <DataList
          rows={[
            [staffTexts.customer, `${customer.name} (${customer.id}), ${isKnown ? texts.known : texts.new}`],
            [staffTexts.product, product.name],
            [texts.offer, grant.offer ?? ''],
            [staffTexts.type, kindTexts[grant.kind]],
            [texts.term, asSentence(readable(termOf(draft)))],
            [texts.pools, <Lines key="pools" lines={poolLines(draft)} />],
            ...(note === '' ? [] : [[texts.note, note] as const]),
          ]}
        />
        <form method="post" action="/staff/issue" class="card">
          <Csrf />
          <input type="hidden" name="once" value={once} />
          {[...typed].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p>{texts.submitHint}</p>
          <p class="actions">
            <button type="submit">{texts.submit}</button>
            <a href={listPath('/staff/issue', typed)}>{texts.change}</a>
          </p>
        </form>
      </div>
    </>
  );
}

/** The term in words. */
export function termOf({ term: { nbf, exp, term } }: Pick<FirstDraft, 'term'>): string {
  return termText({ nbf, ...(exp === undefined ? {} : { exp }), license: { term } });
}

function poolLines({ grant, term }: FirstDraft): readonly string[] {
  const pools = Object.entries(grant.pools ?? {}).map(
    ([id, { label = id, lots }]) => `${label}: ${totalAt(lots, term.nbf).toLocaleString('en')}`,
  );
  return pools.length === 0 ? [licenseTexts.noPools] : pools;
}
