import type { Instant, Standing } from '../../core/index.js';
import type { Installed } from '../journal/replay.js';
import type { LicenseEvent, LicenseName } from './events.js';

/** What holds, and by which install. */
export interface Held {
  readonly standing: Standing;
  readonly install: Installed | undefined;
}

const nameOf = ({ id, revision }: LicenseName): LicenseName => ({ id, revision });

function licenseEvent(from: Installed | undefined, to: Installed | undefined, at: Instant): LicenseEvent {
  const text =
    to === undefined
      ? 'no license is installed any more'
      : `the license is ${to.id}, revision ${String(to.revision)}`;
  return {
    type: 'license',
    at,
    ...(from === undefined ? {} : { from: nameOf(from) }),
    ...(to === undefined ? {} : { to: nameOf(to) }),
    text,
  };
}

function stateEvent(from: Standing, { state, finding }: Standing, at: Instant): LicenseEvent {
  const why = finding === undefined ? '' : `: ${finding.message}`;
  const text = `the state changed from ${from.state} to ${state}${why}`;
  return {
    type: 'state',
    at,
    from: from.state,
    to: state,
    ...(finding === undefined ? {} : { finding }),
    text,
  };
}

/** What to tell of a judgement that follows another. */
export function changeEvents(before: Held, after: Held, at: Instant): readonly LicenseEvent[] {
  const events = [
    ...(before.install?.license === after.install?.license
      ? []
      : [licenseEvent(before.install, after.install, at)]),
    ...(before.standing.state === after.standing.state
      ? []
      : [stateEvent(before.standing, after.standing, at)]),
  ];
  if (events.length > 0 || at < (before.standing.until ?? Infinity)) return events;
  return [{ type: 'rights', at, text: 'a feature or a lot of the license began or ended' }];
}
