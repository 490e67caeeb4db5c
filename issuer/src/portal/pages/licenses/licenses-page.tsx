import type { VNode } from 'preact';
import type { OwnLicense } from '../../../domain/license-window.js';
import { dayOf } from '../../texts/date-texts.js';
import { kindTexts, licenseTexts as texts } from '../../texts/license-texts.js';
import { EmptyState } from '../components/empty-state.js';
import { Table } from '../components/table.js';
import { EndOf, PoolList, StateBadge } from './window-list.js';

/** All licenses of a customer. */
export function LicensesPage({ licenses }: { readonly licenses: readonly OwnLicense[] }): VNode {
  return (
    <>
      <h1>{texts.title}</h1>
      {licenses.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>
          <p>{texts.emptyText}</p>
          <p class="actions">
            <a role="button" href="/asks">
              {texts.ask}
            </a>
            <a href="/">{texts.check}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <p class="lead">{texts.lead}</p>
          <Table
            caption={texts.table}
            columns={texts.columns}
            rows={licenses.map((license) => ({ key: license.id, cells: cellsOf(license) }))}
          />
          <p>
            <a href="/">{texts.check}</a>
          </p>
        </>
      )}
    </>
  );
}

function cellsOf(license: OwnLicense): readonly VNode[] {
  const { id, product, kind, state, pools, newest, newestFrom, zone } = license;
  return [
    <a key="id" href={`/licenses/${id}`} class="nowrap">
      {id}
    </a>,
    <>{product.name}</>,
    <>{kindTexts[kind]}</>,
    <PoolList key="pools" pools={pools} />,
    <EndOf key="end" {...license} />,
    <>
      <StateBadge state={state} />
      {newestFrom !== undefined && (
        <small class="note">{texts.readyShort(newest, dayOf(newestFrom, zone).text)}</small>
      )}
    </>,
  ];
}
