import { dayOf } from './date-texts.js';

const UNITS: Readonly<Record<string, string>> = { D: 'day', W: 'week', M: 'month', Y: 'year' };

/** A calendar duration in words: `P12M` is `12 months`; as it is where it is none. */
export function durationText(duration: string): string {
  const [, count, unit] = /^P(\d{1,4})([DWMY])$/.exec(duration) ?? [];
  if (count === undefined || unit === undefined) return duration;
  return `${String(Number(count))} ${UNITS[unit] ?? ''}${Number(count) === 1 ? '' : 's'}`;
}

/** Dates and durations in a sentence of the domain as people write them: `2027-01-31` becomes `31 January 2027`. */
export function readable(sentence: string): string {
  return sentence
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => {
      const instant = Date.parse(`${date}T00:00:00Z`) / 1000;
      return Number.isNaN(instant) ? date : dayOf(instant, 'UTC').text.replace(' (UTC)', '');
    })
    .replace(/\bP\d{1,4}[DWMY]\b/g, durationText);
}

/** One line of a preview, which is made for a terminal, as a line of a page. */
export function asLine(words: string): string {
  const text = readable(words.trim().replace(/ {2,}/g, ' '));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A message of a code table as a sentence. */
export const asSentence = (text: string): string =>
  text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
