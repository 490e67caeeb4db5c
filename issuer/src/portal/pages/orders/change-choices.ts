import type { Catalog } from '@counterfoil/schemas';
import type { CatalogDocument } from '../../../catalog/product-document.js';
import { formatMoney } from '../../../catalog/describe/format-money.js';
import type { OwnLicense } from '../../../domain/license-window.js';
import type { WantedChange } from '../../../register/order-store.js';
import { durationText } from '../../texts/readable.js';

/** One choice of a list. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

type Offers = NonNullable<Catalog['offers']>;

/** Which changes a license takes at all, by what it is and by what the vendor lets customers do. */
export function offeredChanges(
  { kind, state, term, pools }: Pick<OwnLicense, 'kind' | 'state' | 'term' | 'pools'>,
  catalog: CatalogDocument | undefined,
): readonly WantedChange['type'][] {
  if (state === 'revoked' || state === 'suspended') return [];
  const isOver = state === 'expired' || state === 'trial-expired';
  const possible: readonly WantedChange['type'][] =
    kind === 'trial'
      ? ['convert']
      : [
          ...(term.type === 'perpetual' ? [] : (['renew'] as const)),
          ...(isOver || pools.length === 0 ? [] : (['extend', 'reduce'] as const)),
        ];
  return possible.filter(
    (type) =>
      catalog?.sales.selfService?.[type] !== 'no' && (type !== 'convert' || offerChoices(catalog).length > 0),
  );
}

/** What is sold in place of a trial. */
export function offerChoices(catalog: CatalogDocument | undefined): readonly Choice[] {
  return choicesOf(catalog, ({ type }) => type === 'subscription' || type === 'perpetual');
}

/** The packs for a license of an offer. */
export function packChoices(
  catalog: CatalogDocument | undefined,
  sold: string | undefined,
): readonly Choice[] {
  return choicesOf(
    catalog,
    (offer) =>
      offer.type === 'pack' && (offer.for === undefined || (sold !== undefined && offer.for.includes(sold))),
  );
}

/** The offers that are meant, with what they give. */
export function choicesOf(
  catalog: CatalogDocument | undefined,
  isMeant: (offer: Offers[string]) => boolean,
): readonly Choice[] {
  const { offers = {}, currency } = catalog?.sales ?? {};
  return Object.entries(offers)
    .filter(([, offer]) => isMeant(offer))
    .map(([value, offer]) => ({ value, label: offerText(value, offer, { catalog, currency }) }));
}

function offerText(
  id: string,
  offer: Offers[string],
  {
    catalog,
    currency,
  }: { readonly catalog: CatalogDocument | undefined; readonly currency: string | undefined },
): string {
  const pools = Object.entries(offer.pools ?? {}).map(
    ([pool, count]) => `${String(count)} ${catalog?.product.pools?.[pool]?.label ?? pool}`,
  );
  const facts = [
    ...pools,
    ...('term' in offer ? [durationText(offer.term)] : []),
    ...(offer.price === undefined || currency === undefined
      ? []
      : [`${formatMoney(offer.price.amount, currency)}${offer.price.per === 'unit' ? ' each' : ''}`]),
  ];
  const label = offer.label ?? id;
  return facts.length === 0 ? label : `${label}: ${facts.join(', ')}`;
}

/** The terms that a renewal may have: once to three times that of what was sold, else one to three years. */
export function durationChoices(
  catalog: CatalogDocument | undefined,
  sold: string | undefined,
): readonly Choice[] {
  const offer = sold === undefined ? undefined : catalog?.sales.offers?.[sold];
  const [, count = '12', unit = 'M'] =
    /^P(\d{1,4})([DWMY])$/.exec(offer !== undefined && 'term' in offer ? offer.term : 'P12M') ?? [];
  return [1, 2, 3].map((times) => {
    const value = `P${String(Number(count) * times)}${unit}`;
    return { value, label: durationText(value) };
  });
}
