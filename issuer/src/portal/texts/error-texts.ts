const headings: Readonly<Record<number, string>> = Object.freeze({
  401: 'Please sign in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'That did not work',
  409: 'That is not possible now',
  413: 'Too large',
  415: 'That did not work',
  422: 'Please correct this',
  429: 'Too many tries',
  500: 'Something is wrong on our side',
  503: 'Busy at the moment',
});

/** Words of the pages that say what went wrong; what it was and what to do stands in the tables of codes. */
export const errorTexts = Object.freeze({
  heading: 'That did not work',
  headings,
  inside: 'try again later; if it stays, tell the vendor when it happened',
  code: 'Code:',
  sentence: (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
});
