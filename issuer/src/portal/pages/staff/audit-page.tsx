import type { VNode } from 'preact';
import type { AuditEntry } from '../../../register/register.js';
import { auditTexts as texts, staffTexts } from '../../texts/staff-texts.js';
import { Moment } from '../components/day.js';
import { EmptyState } from '../components/empty-state.js';
import { Field } from '../components/field.js';
import { Notice } from '../components/notice.js';
import { Table } from '../components/table.js';
import { Pager } from './pager.js';
import type { Paged } from './paging.js';

const PATH = '/staff/audit';
/** Characters of a license id, which is not broken; a random id may be. */
const SHORT = 16;

interface AuditPageProps {
  readonly paged: Paged<AuditEntry>;
  /** Entries of the whole trail. */
  readonly total: number;
  /** The first entry that does not follow from those before it. */
  readonly broken: number | undefined;
  /** The id that was asked for. */
  readonly object: string;
  /** Who acts, by the trail's name for them. */
  readonly names: ReadonlyMap<string, string>;
}

/** Who did what and when, the newest first. */
export function AuditPage({ paged, total, broken, object, names }: AuditPageProps): VNode {
  return (
    <>
      <h1>{texts.title}</h1>
      {broken === undefined ? (
        <p>{texts.whole(total)}</p>
      ) : (
        <Notice tone="bad" title={texts.broken(broken)}>
          <p>{texts.brokenText}</p>
        </Notice>
      )}
      <search>
        <form method="get" action={PATH} class="card">
          <Field
            name="object"
            type="search"
            label={texts.object}
            hint={texts.objectHint}
            value={object}
            maxLength={200}
          />
          <p class="actions">
            <button type="submit">{staffTexts.apply}</button>
            {object !== '' && <a href={PATH}>{staffTexts.reset}</a>}
          </p>
        </form>
      </search>
      {paged.rows.length === 0 ? (
        <EmptyState title={texts.noneTitle}>
          <p>{texts.none}</p>
        </EmptyState>
      ) : (
        <>
          <Table
            caption={texts.title}
            columns={texts.columns}
            rows={paged.rows.map((entry) => ({ key: String(entry.seq), cells: cellsOf(entry, names) }))}
          />
          <Pager path={PATH} query={new Map([['object', object]])} paged={paged} />
        </>
      )}
    </>
  );
}

function cellsOf(entry: AuditEntry, names: AuditPageProps['names']): readonly (VNode | string)[] {
  const { seq, at, actor, action, object, detail } = entry;
  return [
    <span key="seq" class="nowrap">
      {seq}
    </span>,
    <Moment key="at" at={at} />,
    names.get(actor) ?? actor,
    action,
    <a
      key="object"
      {...(object.length > SHORT ? {} : { class: 'nowrap' })}
      href={`${PATH}?object=${encodeURIComponent(object)}`}
    >
      {object}
    </a>,
    Object.entries(detail)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join('; '),
  ];
}
