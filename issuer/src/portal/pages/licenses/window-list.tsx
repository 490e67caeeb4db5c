import type { ComponentChildren, VNode } from 'preact';
import type { LicenseWindow } from '../../../domain/license-window.js';
import { lastDayText } from '../../texts/date-texts.js';
import { kindTexts, licenseTexts as texts, stateTexts } from '../../texts/license-texts.js';
import { durationText } from '../../texts/readable.js';
import { DataList, type DataRow } from '../components/data-list.js';
import { DayOf, LastDay } from '../components/day.js';
import { StatusBadge } from '../components/status-badge.js';

/** The badge of a state. */
export function StateBadge({ state }: Pick<LicenseWindow, 'state'>): VNode {
  const { tone, badge } = stateTexts[state];
  return <StatusBadge tone={tone} text={badge} />;
}

/** When a license ends, in one line. */
export function EndOf({ term, zone }: Pick<LicenseWindow, 'term' | 'zone'>): VNode {
  switch (term.type) {
    case 'perpetual':
      return <>{texts.noEnd}</>;
    case 'fixed':
      return <LastDay until={term.until} zone={zone} />;
    case 'activation':
      return (
        <>
          {texts.activateBy}: <LastDay until={term.by} zone={zone} />
        </>
      );
  }
}

/** Pools with what they hold, one a line. */
export function PoolList({ pools }: Pick<LicenseWindow, 'pools'>): VNode {
  if (pools.length === 0) return <>{texts.noPools}</>;
  return (
    <ul class="bare">
      {pools.map(({ id, label, limit }) => (
        <li key={id}>
          <span class="number">{limit.toLocaleString('en')}</span> {label}
        </li>
      ))}
    </ul>
  );
}

function termRows({ term, zone, from, graceUntil }: LicenseWindow): readonly DataRow[] {
  const first: DataRow = [texts.starts, <DayOf key="from" at={from} zone={zone} />];
  const day = (until: number): ComponentChildren => <LastDay until={until} zone={zone} />;
  switch (term.type) {
    case 'perpetual':
      return [first, [texts.ends, texts.noEnd]];
    case 'fixed':
      return [
        first,
        [texts.ends, day(term.until)],
        ...(graceUntil === undefined || graceUntil === term.until
          ? []
          : [[texts.graceEnds, day(graceUntil)] as const]),
      ];
    case 'activation':
      return [
        [texts.activateBy, day(term.by)],
        [texts.length, texts.lengthText(durationText(term.duration))],
      ];
  }
}

/** The licensing window: what a license says, one thing a line. */
export function WindowList({ license }: { readonly license: LicenseWindow }): VNode {
  const { id, revision, product, licensee, kind, state, zone, pools, features, binding } = license;
  return (
    <DataList
      rows={[
        [texts.state, <StateBadge key="state" state={state} />],
        [texts.key, <code key="id">{id}</code>],
        [texts.revision, String(revision)],
        [texts.product, product.name],
        [texts.licensee, licensee],
        [texts.type, kindTexts[kind]],
        ...termRows(license),
        [texts.pools, <PoolList key="pools" pools={pools} />],
        ...(features.length === 0
          ? []
          : [
              [
                texts.features,
                <ul key="features" class="bare">
                  {features.map((feature) => (
                    <li key={feature.id}>
                      {feature.until === undefined
                        ? feature.id
                        : texts.featureUntil(feature.id, lastDayText(feature.until, zone).text)}
                    </li>
                  ))}
                </ul>,
              ] as const,
            ]),
        ...(binding === undefined ? [] : [[texts.binding, texts.bindings[binding]] as const]),
      ]}
    />
  );
}
