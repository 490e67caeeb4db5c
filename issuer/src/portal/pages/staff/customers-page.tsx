import type { VNode } from 'preact';
import type { CustomerRow } from '../../../domain/list-customers.js';
import { customerTexts as texts, searchTexts, staffTexts } from '../../texts/staff-texts.js';
import { EmptyState } from '../components/empty-state.js';
import { Field } from '../components/field.js';
import { Table } from '../components/table.js';
import { Pager } from './pager.js';
import type { Paged } from './paging.js';

const PATH = '/staff/customers';

interface CustomersProps {
  readonly paged: Paged<CustomerRow>;
  readonly found: number;
  readonly text: string;
  readonly isAdmin: boolean;
}

/** Every customer. */
export function CustomersPage({ paged, found, text, isAdmin }: CustomersProps): VNode {
  return (
    <>
      <h1>{texts.title}</h1>
      <search>
        <form method="get" action={PATH} class="card">
          <Field name="text" type="search" label={searchTexts.text} value={text} maxLength={200} />
          <button type="submit">{staffTexts.apply}</button>
        </form>
      </search>
      <p class="actions">
        <span role="status">{texts.found(found)}</span>
        {text !== '' && <a href={PATH}>{staffTexts.reset}</a>}
        {isAdmin && <a href="/staff/accounts">{texts.accounts}</a>}
      </p>
      {found === 0 ? (
        <EmptyState title={text === '' ? texts.noneTitle : searchTexts.notFoundTitle}>
          <p>{text === '' ? texts.none : texts.notFound}</p>
          <p>
            <a role="button" href="/staff/issue">
              {searchTexts.issue}
            </a>
          </p>
        </EmptyState>
      ) : (
        <>
          <Table
            caption={texts.title}
            columns={texts.columns}
            rows={paged.rows.map(({ id, name, licenses, inForce }) => ({
              key: id,
              cells: [
                <a key="name" href={`${PATH}/${encodeURIComponent(id)}`}>
                  {name}
                </a>,
                id,
                licenses.toLocaleString('en'),
                inForce.toLocaleString('en'),
              ],
            }))}
          />
          <Pager path={PATH} query={new Map([['text', text]])} paged={paged} />
        </>
      )}
    </>
  );
}
