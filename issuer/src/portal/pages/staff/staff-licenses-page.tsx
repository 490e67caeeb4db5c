import type { VNode } from 'preact';
import type { FoundLicenses } from '../../../domain/license-list.js';
import type { LicenseRow } from '../../../domain/list-licenses.js';
import { kindTexts, stateTexts } from '../../texts/license-texts.js';
import { searchTexts as texts, staffTexts } from '../../texts/staff-texts.js';
import { EmptyState } from '../components/empty-state.js';
import { Field } from '../components/field.js';
import { SelectField } from '../components/select-field.js';
import { LicenseTable } from './license-table.js';
import { listPath, Pager } from './pager.js';
import type { Paged } from './paging.js';

const PATH = '/staff/licenses';

interface StaffLicensesProps {
  readonly found: FoundLicenses;
  readonly paged: Paged<LicenseRow>;
  /** What was searched for, by the names of the fields. */
  readonly query: ReadonlyMap<string, string>;
}

/** Every license, searched and filtered. */
export function StaffLicensesPage({ found, paged, query }: StaffLicensesProps): VNode {
  const customer = query.get('customer') ?? '';
  const isNarrowed = [...query.values()].some((value) => value !== '');
  return (
    <>
      <h1>{texts.title}</h1>
      <SearchForm query={query} products={found.products} />
      {customer !== '' && <p>{texts.only(customer)}</p>}
      {query.get('ends') === 'soon' && <p>{texts.soon}</p>}
      <p class="actions">
        <span role="status">{texts.found(found.rows.length, found.total)}</span>
        {isNarrowed && <a href={PATH}>{staffTexts.reset}</a>}
        {found.rows.length > 0 && (
          <a href={listPath(PATH, query, { format: 'csv' })} download={texts.csvName}>
            {texts.csv}
          </a>
        )}
        <a href="/staff/issue">{texts.issue}</a>
      </p>
      {found.rows.length > 0 ? (
        <>
          <LicenseTable caption={texts.title} rows={paged.rows} />
          <Pager path={PATH} query={query} paged={paged} />
        </>
      ) : (
        <EmptyState title={isNarrowed ? texts.notFoundTitle : texts.noneTitle}>
          <p>{isNarrowed ? texts.notFound : texts.none}</p>
        </EmptyState>
      )}
    </>
  );
}

type SearchFormProps = Pick<StaffLicensesProps, 'query'> & Pick<FoundLicenses, 'products'>;

function SearchForm({ query, products }: SearchFormProps): VNode {
  const all = { value: '', label: staffTexts.all };
  const customer = query.get('customer') ?? '';
  return (
    <search>
      <form method="get" action={PATH} class="card">
        {customer !== '' && <input type="hidden" name="customer" value={customer} />}
        <Field
          name="text"
          type="search"
          label={texts.text}
          hint={texts.textHint}
          value={query.get('text')}
          maxLength={200}
        />
        <div class="grid">
          <SelectField
            name="product"
            label={staffTexts.product}
            choices={[all, ...products.map((id) => ({ value: id, label: id }))]}
            value={query.get('product')}
          />
          <SelectField
            name="kind"
            label={staffTexts.type}
            choices={[all, ...Object.entries(kindTexts).map(([value, label]) => ({ value, label }))]}
            value={query.get('kind')}
          />
          <SelectField
            name="state"
            label={staffTexts.state}
            choices={[
              all,
              ...Object.entries(stateTexts).map(([value, { badge }]) => ({ value, label: badge })),
            ]}
            value={query.get('state')}
          />
          <SelectField
            name="ends"
            label={texts.end}
            choices={[all, { value: 'soon', label: texts.endsSoon }]}
            value={query.get('ends')}
          />
        </div>
        <button type="submit">{staffTexts.apply}</button>
      </form>
    </search>
  );
}
