import { verifierFault } from '../codes.js';
import { carriedPages } from '../identities/carried-pages.js';
import { summaryText } from '../license/summary.js';
import { isInForce, stateAt } from '../license/state.js';
import { CONDITION_RULES } from './conditions.js';
import { guardedNow, notAsked, type VerifyContext } from './context.js';
import { findingOf, type Finding } from './finding.js';
import { bitOf, FITTING_RULES, type Fitting } from './fitting.js';
import { factOf } from './facts.js';
import { GENUINE_RULES } from './genuine.js';
import { judge, tryGenuine, type Verdict } from './verify.js';

/** The answer to one rule. */
export interface Check {
  readonly rule: string;
  readonly clause: string;
  /** What the rule asks, as a statement that is hoped to be true. */
  readonly asks: string;
  readonly outcome: 'good' | 'bad' | 'warning' | 'not-evaluated';
  /** What was found, where nothing is wrong. */
  readonly fact?: string;
  /** What is wrong. */
  readonly finding?: Finding;
  /** Why it was not evaluated. */
  readonly because?: string;
}

/** Every rule and its answer, and what follows from them. */
export interface Explanation {
  readonly outcome: 'valid' | 'not-valid' | 'undecided';
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
}

interface Asked {
  readonly id: string;
  readonly clause: string;
  readonly asks: string;
}

/** Rules beyond those of the verdict's arms. */
const STATUS: Asked = { id: 'status', clause: 'LF-12.4', asks: 'the vendor has not revoked or suspended it' };
const TERM: Asked = { id: 'term', clause: 'LF-9.2', asks: 'it is in its term' };
const PAGES: Asked = {
  id: 'identity-pages',
  clause: 'LF-11.3',
  asks: 'the identity pages are those that it names',
};
const SUMMARY: Asked = {
  id: 'summary',
  clause: 'LF-2.7',
  asks: 'the text before the blocks says what it says',
};

const row = ({ id, clause, asks }: Asked, answer: Omit<Check, 'rule' | 'clause' | 'asks'>): Check => ({
  rule: id,
  clause,
  asks,
  ...answer,
});

/** Answers one rule by trying it. */
function ask(asked: Asked, wrong: 'bad' | 'warning', require: () => void, fact: () => string): Check {
  try {
    require();
    return row(asked, { outcome: 'good', fact: fact() });
  } catch (error) {
    return row(asked, { outcome: wrong, finding: findingOf(asked.id, asked.clause, error) });
  }
}

/**
 * Evaluates every rule of a license file and lists them all (license-file.md, clause 8.22).
 *
 * A rule that cannot be put is not evaluated, and says because of what. Throws only as {@link verifyLicense} does.
 */
export function explainLicense(input: string | Uint8Array, context: VerifyContext): Explanation {
  const now = guardedNow(context);
  const genuine = tryGenuine(input, context);
  if ('arm' in genuine)
    return { outcome: 'not-valid', verdict: genuine, checks: checksUpTo(genuine.finding) };
  const fitting: Fitting = { ...genuine, context };
  const checks: Check[] = GENUINE_RULES.map((rule) =>
    row(rule, { outcome: 'good', fact: factOf(rule.id, fitting) }),
  );
  for (const rule of FITTING_RULES) {
    checks.push(
      rule.isAsked(context)
        ? ask(
            rule,
            'bad',
            () => {
              rule.require(fitting);
            },
            () => factOf(rule.id, fitting),
          )
        : row(rule, { outcome: 'not-evaluated', because: 'because it was not asked' }),
    );
  }
  checks.push(...statusAndTerm(fitting, now));
  for (const rule of CONDITION_RULES)
    checks.push(
      ask(
        rule,
        'warning',
        () => {
          rule.require(fitting);
        },
        () => factOf(rule.id, fitting),
      ),
    );
  checks.push(...aroundTheLicense(fitting));
  return { outcome: outcomeOf(checks, fitting), verdict: judge(fitting, now), checks };
}

/** The checks of a file that is not genuine: good up to the finding, and none after it. */
function checksUpTo(finding: Finding): readonly Check[] {
  const at = GENUINE_RULES.findIndex(({ id }) => id === finding.rule);
  const rest = [...FITTING_RULES, STATUS, TERM, ...CONDITION_RULES, PAGES, SUMMARY];
  return [
    ...GENUINE_RULES.slice(0, at).map((rule) => row(rule, { outcome: 'good' })),
    ...GENUINE_RULES.slice(at, at + 1).map((rule) => row(rule, { outcome: 'bad', finding })),
    ...[...GENUINE_RULES.slice(at + 1), ...rest].map((rule) =>
      row(rule, { outcome: 'not-evaluated', because: `because of ${finding.code}` }),
    ),
  ];
}

function statusAndTerm(fitting: Fitting, now: number): readonly Check[] {
  const { claims } = fitting.license;
  const bit = bitOf(fitting);
  const calendar = stateAt(claims, now, undefined, fitting.context.activated);
  const vendor = stateAt(claims, now, bit, fitting.context.activated);
  const status =
    bit === undefined && claims.status !== undefined
      ? row(STATUS, { outcome: 'not-evaluated', because: 'because the status list is not here' })
      : ask(
          STATUS,
          'bad',
          () => {
            if (bit !== undefined && bit !== 'valid' && vendor.code !== undefined)
              throw verifierFault(vendor.code);
          },
          () => bit ?? 'it has no status',
        );
  const wrong = calendar.state === 'grace' ? 'warning' : 'bad';
  const term = ask(
    TERM,
    wrong,
    () => {
      if (calendar.code !== undefined) throw verifierFault(calendar.code);
    },
    () => calendar.state,
  );
  return [status, term];
}

function aroundTheLicense({ file, license, context }: Fitting): readonly Check[] {
  const { claims } = license;
  const named = Object.values(claims.license.allowed ?? {}).some(({ pages }) => pages !== undefined);
  const pages = ask(
    PAGES,
    'bad',
    () => {
      carriedPages(context.engine, file, claims);
    },
    () => (named ? 'whole' : 'it names none'),
  );
  const summary =
    file.summary === ''
      ? row(SUMMARY, { outcome: 'not-evaluated', because: 'because there is no such text' })
      : ask(
          SUMMARY,
          'warning',
          () => {
            if (file.summary !== summaryText(claims)) throw verifierFault('summary-differs');
          },
          () => 'it does',
        );
  return [pages, summary];
}

function outcomeOf(checks: readonly Check[], { license, context }: Fitting): Explanation['outcome'] {
  const bad = checks.filter(({ outcome }) => outcome === 'bad').map(({ finding }) => finding?.code);
  // Pages may lie in a side file already, so that their absence here decides nothing.
  if (bad.some((code) => code !== 'pages-missing')) return 'not-valid';
  const unasked = license.claims.license.binding !== undefined && context.host === notAsked;
  return unasked || bad.length > 0 ? 'undecided' : 'valid';
}

/** Whether a verdict is usable and in force: what `status` answers with exit 0. */
export function isGood(verdict: Verdict): boolean {
  return verdict.arm === 'usable' && isInForce(verdict.state);
}
