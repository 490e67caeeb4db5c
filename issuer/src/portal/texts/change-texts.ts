import type { WantedChange } from '../../register/order-store.js';

/** The four changes that a customer can order. */
export const changeTexts: Readonly<
  Record<WantedChange['type'], { readonly title: string; readonly offer: string; readonly lead: string }>
> = Object.freeze({
  renew: {
    title: 'Renew',
    offer: 'Another term, with the same quantities or others.',
    lead: 'The license keeps its key and its assignments; the new file has a later last day.',
  },
  extend: {
    title: 'Extend',
    offer: 'More on the same license, to the same last day.',
    lead: 'The license keeps its key, its last day and its assignments; the new file holds more.',
  },
  reduce: {
    title: 'Reduce',
    offer: 'Fewer on the same license, to the same last day.',
    lead: 'The license keeps its key and its last day; the new file holds less.',
  },
  convert: {
    title: 'Change into a full license',
    offer: 'Go on after the trial with all assignments kept.',
    lead: 'You get a full license with a key of its own. Installed over the trial, it keeps what is assigned.',
  },
});
