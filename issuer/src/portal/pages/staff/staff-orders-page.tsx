import type { VNode } from 'preact';
import type { PlacedChange } from '../../../register/order-store.js';
import { staffOrderTexts as texts } from '../../texts/staff-texts.js';
import { EmptyState } from '../components/empty-state.js';
import { Pager } from './pager.js';
import type { Paged } from './paging.js';
import { StaffOrderTable } from './staff-order-table.js';

const PATH = '/staff/orders';

interface StaffOrdersProps {
  readonly paged: Paged<PlacedChange>;
  /** Whether those that have come to something are listed too. */
  readonly isAll: boolean;
}

/** The orders that wait, or all of them. */
export function StaffOrdersPage({ paged, isAll }: StaffOrdersProps): VNode {
  const choice = (path: string, label: string, isHere: boolean): VNode => (
    <a href={path} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      {label}
    </a>
  );
  return (
    <>
      <h1>{texts.title}</h1>
      <nav aria-label={texts.which}>
        <p class="actions">
          {choice(PATH, texts.open, !isAll)}
          {choice(`${PATH}?which=all`, texts.all, isAll)}
        </p>
      </nav>
      {paged.rows.length === 0 ? (
        <EmptyState title={texts.noneTitle}>
          <p>{texts.noneOpen}</p>
        </EmptyState>
      ) : (
        <>
          <StaffOrderTable caption={isAll ? texts.all : texts.open} orders={paged.rows} />
          <Pager path={PATH} query={new Map(isAll ? [['which', 'all']] : [])} paged={paged} />
        </>
      )}
    </>
  );
}
