import type { WantedChange } from '../../../register/order-store.js';
import { changeTexts } from '../../texts/change-texts.js';
import { wantedTexts as texts } from '../../texts/order-texts.js';
import { durationText } from '../../texts/readable.js';

/** Names of pools and offers for people, by id. */
export interface Labels {
  readonly pools: ReadonlyMap<string, string>;
  readonly offers: ReadonlyMap<string, string>;
}

/** What was wanted, one thing a line. */
export function wantedLines(wanted: WantedChange, { pools, offers }: Labels): readonly string[] {
  const quantities = (of: Readonly<Record<string, number>> = {}, sign = ''): readonly string[] =>
    Object.entries(of).map(([pool, count]) =>
      texts.pool(pools.get(pool) ?? pool, `${sign}${count.toLocaleString('en')}`),
    );
  switch (wanted.type) {
    case 'renew':
      return [texts.renew(durationText(wanted.duration)), ...quantities(wanted.pools)];
    case 'extend': {
      const { pack, add } = wanted;
      return [
        ...(pack === undefined
          ? []
          : [texts.times(pack.quantity.toLocaleString('en'), offers.get(pack.offer) ?? pack.offer)]),
        ...quantities(add, '+'),
      ];
    }
    case 'reduce':
      return quantities(wanted.pools);
    case 'convert':
      return [texts.times(wanted.quantity.toLocaleString('en'), offers.get(wanted.offer) ?? wanted.offer)];
  }
}

/** The name of a change. */
export const changeTitle = ({ type }: Pick<WantedChange, 'type'>): string => changeTexts[type].title;
