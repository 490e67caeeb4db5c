import type { VNode } from 'preact';
import type { Instant } from '@counterfoil/verifier';
import { dayOf, instantText, lastDayText, type DayText } from '../../texts/date-texts.js';

/** A day that was put into words already. */
export function Day({ day: { date, text } }: { readonly day: DayText }): VNode {
  return <time dateTime={date}>{text}</time>;
}

interface InZone {
  readonly zone: string;
}

/** The day that an instant lies in: `31 January 2027 (Europe/Vienna)`. */
export function DayOf({ at, zone }: InZone & { readonly at: Instant }): VNode {
  return <Day day={dayOf(at, zone)} />;
}

/** The last usable day of what ends at an instant. */
export function LastDay({ until, zone }: InZone & { readonly until: Instant }): VNode {
  return <Day day={lastDayText(until, zone)} />;
}

/** An instant to the minute, in UTC. */
export function Moment({ at }: { readonly at: Instant }): VNode {
  return <time dateTime={new Date(at * 1000).toISOString()}>{instantText(at)}</time>;
}
