import type { VNode } from 'preact';
import type { KeyStatus, TrustConcern, TrustStatus } from '../../../domain/trust-status.js';
import { trustTexts as texts } from '../../texts/trust-texts.js';
import { DataList } from '../components/data-list.js';
import { DayOf, Moment } from '../components/day.js';
import { Notice } from '../components/notice.js';
import { StatusBadge } from '../components/status-badge.js';
import { Table } from '../components/table.js';

/** What signatures rest on, and until when. */
export function TrustPage({ status }: { readonly status: TrustStatus }): VNode {
  const { root, keys, lists, concerns } = status;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Notice
        tone={concerns.length === 0 ? 'good' : 'warn'}
        title={concerns.length === 0 ? texts.fine : texts.soon}
      >
        <ConcernList concerns={concerns} />
      </Notice>
      <section>
        <h2>{texts.root}</h2>
        <DataList
          rows={[
            [texts.version, String(root.version)],
            [texts.signedAt, <DayOf key="signed" at={root.signedAt} zone="UTC" />],
            [texts.expires, <Moment key="expires" at={root.expires} />],
            [texts.threshold, texts.thresholdText(root.threshold, root.keys)],
            [texts.fingerprint, <code key="fingerprint">{root.fingerprint}</code>],
          ]}
        />
      </section>
      <section>
        <h2>{texts.keys}</h2>
        <Table
          caption={texts.keys}
          columns={texts.keyColumns}
          rows={keys.map((key) => ({ key: key.kid, cells: cellsOf(key) }))}
        />
      </section>
      <section>
        <h2>{texts.lists}</h2>
        {lists.length === 0 ? (
          <p>{texts.noLists}</p>
        ) : (
          <Table
            caption={texts.lists}
            columns={texts.listColumns}
            rows={lists.map(({ number, version, signedAt, used, entries }) => ({
              key: String(number),
              cells: [
                String(number),
                String(version),
                signedAt === undefined ? texts.again : <Moment key="signed" at={signedAt} />,
                texts.used(used, entries),
              ],
            }))}
          />
        )}
      </section>
    </>
  );
}

/** What ends, and when, one thing a line; nothing where nothing does. */
export function ConcernList({ concerns }: { readonly concerns: readonly TrustConcern[] }): VNode | null {
  if (concerns.length === 0) return null;
  return (
    <ul>
      {concerns.map((concern) => (
        <li key={`${concern.type} ${'number' in concern ? String(concern.number) : ''}`}>
          {texts.concerns[concern.type]} <ConcernEnd concern={concern} />
        </li>
      ))}
    </ul>
  );
}

function ConcernEnd({ concern }: { readonly concern: TrustConcern }): VNode | null {
  if (concern.type === 'list') return null;
  return concern.ends === undefined ? <>{texts.none}</> : <Moment at={concern.ends} />;
}

function cellsOf({ kid, role, from, until, standing, limits }: KeyStatus): readonly (VNode | string)[] {
  const { tone, badge } = texts.standings[standing];
  const { products, kinds, longest } = limits ?? {};
  const bounds = [
    ...(products === undefined ? [] : [texts.limits.products(products.join(', '))]),
    ...(kinds === undefined ? [] : [texts.limits.kinds(kinds.join(', '))]),
    ...(longest === undefined ? [] : [texts.limits.longest(longest)]),
  ];
  return [
    <code key="kid">{kid}</code>,
    texts.roles[role],
    <DayOf key="from" at={from} zone="UTC" />,
    until === undefined ? texts.noEnd : <Moment key="until" at={until} />,
    <StatusBadge key="state" tone={tone} text={badge} />,
    bounds.length === 0 ? texts.noLimits : bounds.join('; '),
  ];
}
