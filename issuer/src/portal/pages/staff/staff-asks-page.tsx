import type { VNode } from 'preact';
import type { Ask } from '../../../register/order-store.js';
import { staffAskTexts as texts } from '../../texts/staff-texts.js';
import { Csrf } from '../components/csrf.js';
import { Moment } from '../components/day.js';
import { EmptyState } from '../components/empty-state.js';
import { Pager } from './pager.js';
import type { Paged } from './paging.js';

const PATH = '/staff/asks';

interface StaffAsksProps {
  readonly paged: Paged<Ask>;
  /** Whether closed ones are listed too. */
  readonly isAll: boolean;
}

/** What people wrote. */
export function StaffAsksPage({ paged, isAll }: StaffAsksProps): VNode {
  const choice = (path: string, label: string, isHere: boolean): VNode => (
    <a href={path} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      {label}
    </a>
  );
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <nav aria-label={texts.title}>
        <p class="actions">
          {choice(PATH, texts.open, !isAll)}
          {choice(`${PATH}?which=all`, texts.all, isAll)}
        </p>
      </nav>
      {paged.rows.length === 0 ? (
        <EmptyState title={texts.noneTitle}>
          <p>{texts.none}</p>
        </EmptyState>
      ) : (
        <>
          <p class="note">{texts.unproven}</p>
          <ol class="history">
            {paged.rows.map((ask) => (
              <AskItem key={ask.id} ask={ask} />
            ))}
          </ol>
          <Pager path={PATH} query={new Map(isAll ? [['which', 'all']] : [])} paged={paged} />
        </>
      )}
    </>
  );
}

function AskItem({ ask }: { readonly ask: Ask }): VNode {
  const { id, at, email, text, license, revision = 1, state } = ask;
  return (
    <li>
      <h2>{texts.from(email)}</h2>
      <p class="note">
        <Moment at={at} />
      </p>
      {license !== undefined && (
        <p>
          <a href={`/staff/licenses/${license}`}>{texts.about(license, revision)}</a>
        </p>
      )}
      {text.split('\n').map((line, index) => (
        <p key={index}>{line}</p>
      ))}
      {state === 'open' ? (
        <form method="post" action={`${PATH}/${id}`}>
          <Csrf />
          <input type="hidden" name="action" value="close" />
          <button type="submit" class="secondary">
            {texts.close}
          </button>
        </form>
      ) : (
        <p>{texts.closed}</p>
      )}
    </li>
  );
}
