import type { DocumentIssue } from './document-issue.js';
import { itemsOf, membersOf } from './members.js';
import type { YamlDocument } from './yaml-document.js';

/** What is wrong with offers beyond their shape and names: prices of no currency, no time at all, packs for packs. */
export function offerIssues(document: YamlDocument): readonly DocumentIssue[] {
  const { currency, offers } = membersOf(document.value);
  const all = Object.entries(membersOf(offers));
  const priced = all.find(([, offer]) => membersOf(offer)['price'] !== undefined);
  return [
    ...(priced === undefined || currency !== undefined
      ? []
      : [
          document.issueAt(
            ['offers', priced[0], 'price'],
            'the member currency at the top of the document, such as currency: EUR',
            'a price without a currency',
            { atName: true },
          ),
        ]),
    ...all.flatMap(([id, offer]) => [...noTime(document, id, offer), ...packsForPacks(document, id, offer)]),
  ];
}

/** Terms and graces of zero days, which an order could not be filled with. */
function noTime(document: YamlDocument, id: string, offer: unknown): readonly DocumentIssue[] {
  return (['term', 'grace'] as const).flatMap((name) => {
    const duration = membersOf(offer)[name];
    if (typeof duration !== 'string' || !/^P[0YMWD]+$/.test(duration)) return [];
    return [document.issueAt(['offers', id, name], 'at least a day', duration)];
  });
}

function packsForPacks(document: YamlDocument, id: string, offer: unknown): readonly DocumentIssue[] {
  const offers = membersOf(membersOf(document.value)['offers']);
  return itemsOf(membersOf(offer)['for']).flatMap((other, i) => {
    const isPack = typeof other === 'string' && membersOf(offers[other])['type'] === 'pack';
    if (!isPack) return [];
    return [document.issueAt(['offers', id, 'for', i], 'an offer that is no pack', `the pack ${other}`)];
  });
}
