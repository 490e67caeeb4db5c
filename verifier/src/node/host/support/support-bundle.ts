import { isAbsolute, win32 } from 'node:path';
import { CounterfoilError } from '@counterfoil/schemas';
import { rootFingerprint, type Check, type Finding } from '../../../core/index.js';
import { findingOf } from '../../../core/verify/finding.js';
import { GENUINE_RULES } from '../../../core/verify/genuine.js';
import { nodeEngine } from '../../engine.js';
import { formatInstant } from '../../format-instant.js';
import type { Asker } from '../data-folder.js';
import { explainHost } from '../explain-host.js';
import { statusView, type StatusView } from '../status-view.js';
import { timeLeftText } from '../time-left.js';
import { folderFacts } from './folder-facts.js';
import { journalDigest } from './journal-digest.js';
import { redactor, type Secrets } from './redact.js';

/** What a bundle is made from; on a bad day only a part of it is there. */
export interface SupportContext {
  /** The program and what it runs on: `counterfoil-host`, version, Node's version, platform, architecture. */
  readonly program: readonly (readonly [what: string, which: string])[];
  /** Who asks, or why that cannot be said. */
  readonly asker: Asker | CounterfoilError;
  /** The data folder, where it is known. */
  readonly folder?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names and identities that are known and are not to be told. */
  readonly secrets: Secrets['words'];
}

/** One part of a bundle. */
export interface SupportSection {
  readonly title: string;
  readonly lines: readonly string[];
}

const NOTE: readonly string[] = [
  'This is a report for the support of the vendor. Read it before you send it.',
  'Left out: the licensee, identities, keys of this host, names of users and hosts, paths outside the data folder',
  '(which is shown as <data>), the values of variables, and the license file itself.',
  'Kept, because support needs them: license id and revision, instants, quantities, codes, sizes and digests.',
];
const VARIABLES = ['COUNTERFOIL_LICENSE', 'COUNTERFOIL_LICENSE_FILE'];

const GENUINE: ReadonlySet<string> = new Set(GENUINE_RULES.map(({ id }) => id));

const isPath = (text: string): boolean => isAbsolute(text) || win32.isAbsolute(text);

/** A place in the data folder as it is; another path may have white space, and so is left out whole. */
const placeText = (where: string, folder: string | undefined): string =>
  isPath(where) && (folder === undefined || !where.startsWith(folder)) ? '<path>' : where;

/** A finding; of a file that is not genuine nothing is told but the code, for nobody vouches for what stands in it. */
function findingText(
  { code, rule, clause, where, expected, actual }: Finding,
  folder: string | undefined,
): string {
  const facts = GENUINE.has(rule)
    ? []
    : [
        ...(where === undefined ? [] : [`at ${placeText(where, folder)}`]),
        ...(expected === undefined ? [] : [`expected ${expected}`]),
        ...(actual === undefined ? [] : [`got ${actual}`]),
      ];
  return [`${code} (${clause})`, ...facts].join(', ');
}

function kitLines({ kit, product }: Asker): readonly string[] {
  const { iss, environment } = kit.trust.root;
  const versions = [...kit.trust.texts.keys()].map(String).join(', ');
  return [
    `vendor ${iss}, ${environment}, roots ${versions}, fingerprint ${rootFingerprint(nodeEngine, kit.trust)}`,
    `product ${product}, ${kit.product === undefined ? 'not named by the kit' : `catalog ${String(kit.product.product.catalog)}`}`,
  ];
}

function statusLines(view: StatusView): readonly string[] {
  const { license, preloaded, root, undoUntil, folder } = view;
  return [
    `as of ${formatInstant(view.asOf)}`,
    `state ${view.state}, ${view.inForce ? 'in force' : 'not in force'}`,
    ...(view.finding === undefined ? [] : [`because of ${findingText(view.finding, folder)}`]),
    ...(license === undefined
      ? []
      : [
          `license ${license.id}, revision ${String(license.revision)}, ${license.kind}`,
          `term ${license.term}`,
          ...(license.left === undefined ? [] : [`left ${timeLeftText(license.left)}`]),
          ...(license.activated === undefined ? [] : [`activated ${formatInstant(license.activated)}`]),
          ...license.pools.map(({ id, limit }) => `pool ${id}: ${String(limit)}`),
          ...license.features.map((feature) => `feature ${feature}`),
        ]),
    ...(preloaded === undefined
      ? []
      : [`next ${preloaded.id}, revision ${String(preloaded.revision)}, from ${preloaded.firstDay}`]),
    ...(undoUntil === undefined ? [] : [`can be undone until ${formatInstant(undoUntil)}`]),
    `trust root ${String(root.version)}, ${root.environment}, fingerprint ${root.fingerprint}`,
    ...view.conditions.map((condition) => `condition ${findingText(condition, folder)}`),
  ];
}

const checkLine = ({ rule, outcome, fact, finding, because }: Check, folder: string): string =>
  `${outcome} ${rule}: ${finding === undefined ? (fact ?? because ?? 'no more') : findingText(finding, folder)}`;

function requireFolderOf(folder: string | undefined): string {
  if (folder !== undefined) return folder;
  throw new MissingPart('no data folder is known: pass --data DIR, or a kit that names its product');
}

/** A part of the bundle that nothing can be said of, and why. */
class MissingPart extends Error {}

function requireAsker(asker: SupportContext['asker']): Asker {
  if (asker instanceof CounterfoilError) throw asker;
  return asker;
}

/** A section, or the code of what keeps it from being written: the others are written all the same. */
function sectionOf(title: string, folder: string | undefined, read: () => readonly string[]): SupportSection {
  try {
    return { title, lines: read() };
  } catch (error) {
    if (error instanceof MissingPart) return { title, lines: [error.message] };
    return { title, lines: [`cannot be told: ${findingText(findingOf('support', 'LG-1', error), folder)}`] };
  }
}

/** The variables of ours that are known or there, by name only. */
function variableLines(env: SupportContext['env']): readonly string[] {
  const there = Object.keys(env).filter((name) => /^COUNTERFOIL_[A-Z_]{1,40}$/.test(name));
  const names = [...new Set([...VARIABLES, ...there])].sort();
  return names.map((name) => `${name}: ${(env[name] ?? '') === '' ? 'not set' : 'set'}`);
}

/**
 * Tells a vendor's support what it needs to know of a host, without what it need not know; each part stands for itself, so
 * that what is broken is told and hides nothing else.
 */
export function supportBundle(context: SupportContext): readonly SupportSection[] {
  const { program, asker, folder, env, secrets } = context;
  const names: (readonly [string, string])[] = [...secrets];
  const section = (title: string, read: () => readonly string[]): SupportSection =>
    sectionOf(title, folder, read);
  const sections = [
    { title: 'Support report', lines: NOTE },
    section('Program', () => program.map(([what, which]) => `${what}: ${which}`)),
    section('Kit', () => kitLines(requireAsker(asker))),
    section('Status', () => {
      const view = statusView(requireAsker(asker));
      if (view.license !== undefined) names.push(['<licensee>', view.license.licensee]);
      return statusLines(view);
    }),
    section('Rules', () => {
      const of = requireAsker(asker);
      return explainHost(of).license.map((check) => checkLine(check, of.folder));
    }),
    section('Journal', () => journalDigest(requireFolderOf(folder))),
    section('Data folder <data>', () => folderFacts(requireFolderOf(folder))),
    section('Variables', () => variableLines(env)),
  ];
  const redact = redactor({ ...(folder === undefined ? {} : { folder }), words: names });
  return sections.map(({ title, lines }, i) => ({ title, lines: i === 0 ? lines : lines.map(redact) }));
}
