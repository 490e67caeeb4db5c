import {
  decide,
  type Decision,
  type Finding,
  type Instant,
  type Standing,
  type Subject,
} from '../../core/index.js';
import { guardedNow } from '../../core/verify/context.js';
import { findingOf } from '../../core/verify/finding.js';
import { nodeFault } from '../codes.js';
import { explainHost, type HostExplanation } from '../host/explain-host.js';
import { standingWithout } from '../host/host-rights.js';
import { statusView, type StatusView } from '../host/status-view.js';
import { changeEvents, type Held } from './change-events.js';
import { Listeners, tellOne, type LicenseEvent, type LicenseListener } from './events.js';
import { askerAt, lookAtHost, markOf, type HostLook, type HostSettings } from './look-at-host.js';
import { Tally, type TallyRow } from './tally.js';

/** What a live license is opened with. */
export interface LiveSettings extends HostSettings {
  readonly now: () => Instant;
  /** Seconds between two looks at the data folder; 0 looks only when told to. */
  readonly lookEvery: number;
}

/** Alerts that rest on dates alone are looked for this often, in seconds. */
const ALERTS_EVERY = 3600;

const NOBODY: Subject = Object.freeze({});

const ENDS_SOON = findingOf('term', 'LF-9.2', nodeFault('license-ends-soon'));

type Alerts = ReadonlyMap<string, Finding>;

/** The license of a running program: judged anew when a file is installed, and at the instants at which its verdict changes. */
export class LiveLicense {
  readonly #settings: LiveSettings;
  readonly #listeners = new Listeners();
  readonly #tally = new Tally();
  /** Answers about nobody in particular hold until the next judgement. */
  readonly #decisions = new Map<string, Decision>();
  #look: HostLook;
  #held: Held;
  /** The reading of the clock at which it was judged. */
  #judgedAt: Instant;
  #mark: string;
  #alerts: Alerts;
  #alertsAt: Instant;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: LiveSettings) {
    this.#settings = settings;
    const now = this.#now();
    this.#mark = markOf(settings);
    this.#look = lookAtHost(settings, now, undefined);
    this.#held = this.#judge(now);
    this.#alerts = this.#findAlerts(now);
    this.#judgedAt = this.#alertsAt = now;
    this.#arm();
  }

  check(operation: string, subject: Subject = NOBODY, at?: Instant): Decision {
    if (at !== undefined) return decide(this.#standingAt(at), { operation, subject });
    const now = this.#now();
    if (this.#isOver(now)) this.#judgeAnew(now);
    const decision = this.#decide(operation, subject);
    this.#tally.add(decision);
    if (!decision.allowed) this.#listeners.tell(deniedEvent(decision, now));
    return decision;
  }

  explain(operation?: string, subject: Subject = NOBODY): HostExplanation {
    const question = operation === undefined ? undefined : { operation, subject };
    return explainHost(askerAt(this.#settings, this.#now()), question);
  }

  statusView(): StatusView {
    return statusView(askerAt(this.#settings, this.#now()), 'optional');
  }

  tally(): readonly TallyRow[] {
    return this.#tally.rows();
  }

  onEvent(listener: LicenseListener): () => void {
    const stop = this.#listeners.add(listener);
    const at = this.#now();
    for (const finding of this.#alerts.values()) tellOne(listener, alertEvent(finding, at));
    return stop;
  }

  refresh(): void {
    const now = this.#now();
    const before = this.#look.rights;
    this.#mark = markOf(this.#settings);
    this.#look = lookAtHost(this.#settings, now, this.#look);
    if (before !== this.#look.rights) before?.close();
    this.#judgeAnew(now);
    this.#tellAlerts(now);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    this.#look.rights?.close();
  }

  /** One reading of the clock. Throws `clock-invalid`: what is no instant would switch every end off. */
  #now(): Instant {
    return guardedNow({ now: this.#settings.now() });
  }

  #isOver(now: Instant): boolean {
    return now < this.#judgedAt || now >= (this.#held.standing.until ?? Infinity);
  }

  #decide(operation: string, subject: Subject): Decision {
    const { standing } = this.#held;
    if (subject.ids !== undefined) return decide(standing, { operation, subject });
    const key = subject.role === undefined ? operation : `${operation}@${subject.role}`;
    let known = this.#decisions.get(key);
    if (known === undefined) this.#decisions.set(key, (known = decide(standing, { operation, subject })));
    return known;
  }

  #standingAt(now: Instant): Standing {
    const { rights, around } = this.#look;
    return (
      rights?.standingAt(now) ?? standingWithout(around[0] as Finding, this.#settings.asker.kit.product, now)
    );
  }

  #judge(now: Instant): Held {
    return { standing: this.#standingAt(now), install: this.#look.rights?.currentAt(now) };
  }

  #judgeAnew(now: Instant): void {
    const before = this.#held;
    this.#held = this.#judge(now);
    this.#judgedAt = now;
    this.#decisions.clear();
    // Looking for alerts reads files, so it waits for the next tick.
    this.#alertsAt = -Infinity;
    for (const event of changeEvents(before, this.#held, now)) this.#listeners.tell(event);
  }

  #tellAlerts(at: Instant): void {
    const before = this.#alerts;
    this.#alerts = this.#findAlerts(at);
    this.#alertsAt = at;
    for (const [code, finding] of this.#alerts) {
      if (!before.has(code)) this.#listeners.tell(alertEvent(finding, at));
    }
  }

  #findAlerts(now: Instant): Alerts {
    const found = [...this.#look.around];
    try {
      const { conditions, endsSoon } = statusView(askerAt(this.#settings, now), 'optional');
      found.push(...conditions, ...(endsSoon ? [ENDS_SOON] : []));
    } catch (error) {
      found.push(findingOf('data-folder', 'LG-4.2', error));
    }
    return new Map(found.map((finding) => [finding.code, finding]));
  }

  #arm(): void {
    const { lookEvery } = this.#settings;
    if (lookEvery === 0 || this.#closed) return;
    const until = (this.#held.standing.until ?? Infinity) - this.#now();
    const delay = Math.max(0.05, Math.min(lookEvery, until));
    this.#timer = setTimeout(() => {
      this.#tick();
      this.#arm();
    }, delay * 1000);
    // A license keeps no program from ending.
    this.#timer.unref();
  }

  #tick(): void {
    const now = this.#now();
    if (markOf(this.#settings) !== this.#mark) this.refresh();
    else if (this.#isOver(now)) this.#judgeAnew(now);
    if (now >= this.#alertsAt + ALERTS_EVERY) this.#tellAlerts(now);
  }
}

const alertEvent = (finding: Finding, at: Instant): LicenseEvent => ({
  type: 'alert',
  at,
  finding,
  text: `${finding.message}; ${finding.hint}`,
});

const deniedEvent = (decision: Decision, at: Instant): LicenseEvent => ({
  type: 'denied',
  at,
  decision,
  text: `${decision.operation} was denied: ${decision.reason}`,
});
