import type { State } from '@counterfoil/verifier';
import type { LicenseWindow } from '../../domain/license-window.js';
import type { Tone } from '../pages/components/status-badge.js';

/** A state in a word, and what it means in a sentence. */
interface StateText {
  readonly tone: Tone;
  readonly badge: string;
  readonly means: string;
}

/** The states of a license. */
export const stateTexts: Readonly<Record<State, StateText>> = Object.freeze({
  none: { tone: 'plain', badge: 'No license', means: 'No license is in force.' },
  pending: {
    tone: 'plain',
    badge: 'Not started',
    means: 'The license has not started yet. You can install it now; it starts by itself.',
  },
  trial: { tone: 'good', badge: 'Trial', means: 'The trial is running.' },
  active: { tone: 'good', badge: 'Active', means: 'The license is in force.' },
  grace: {
    tone: 'warn',
    badge: 'In grace',
    means: 'The term is over. The license still works for the days of grace: renew it now.',
  },
  expired: {
    tone: 'bad',
    badge: 'Expired',
    means: 'The term and its grace are over. Renew the license to use it again.',
  },
  'trial-expired': {
    tone: 'bad',
    badge: 'Trial over',
    means: 'The trial is over. Change it into a full license to go on.',
  },
  suspended: {
    tone: 'bad',
    badge: 'Suspended',
    means: 'The vendor has suspended this license. Ask the vendor why.',
  },
  revoked: {
    tone: 'bad',
    badge: 'Revoked',
    means: 'The vendor has revoked this license. Ask the vendor why.',
  },
});

/** The kinds of a license. */
export const kindTexts: Readonly<Record<LicenseWindow['kind'], string>> = Object.freeze({
  trial: 'Trial',
  commercial: 'Full license',
  evaluation: 'Evaluation',
  'not-for-production': 'Not for production',
});

/** Words of the lists and pages of licenses. */
export const licenseTexts = Object.freeze({
  title: 'Your licenses',
  lead: 'Choose a license to download its file, or to renew or change it.',
  table: 'Your licenses',
  columns: ['License', 'Product', 'Type', 'Quantities', 'Ends', 'State'],
  key: 'License key',
  product: 'Product',
  licensee: 'Licensed to',
  type: 'Type',
  revision: 'Revision',
  starts: 'First day',
  ends: 'Last day',
  graceEnds: 'Grace ends',
  activateBy: 'Activate by',
  length: 'Runs for',
  lengthText: (duration: string): string => `${duration} from its first use on your host`,
  noEnd: 'No end',
  pools: 'Quantities',
  noPools: 'None counted',
  features: 'Features',
  binding: 'Bound to',
  bindings: { 'host-key': 'one host, by its key', 'host-id': 'one host, by its id' },
  state: 'State',
  featureUntil: (id: string, day: string): string => `${id}, to the end of ${day}`,
  newer: (revision: number, day: string): string =>
    `Revision ${String(revision)} is ready and starts on ${day}. Install it any time; until then the present one holds.`,
  readyShort: (revision: number, day: string): string => `Revision ${String(revision)} starts on ${day}`,
  revisionTitle: (revision: number): string => `Revision ${String(revision)}`,
  emptyTitle: 'No licenses yet',
  emptyText:
    'As soon as the vendor issues a license to your company, it is listed here. If you expected one, check that you signed in with the right address, or write to the vendor.',
  check: 'Check a file',
  ask: 'Write to the vendor',
  details: 'Details',
  history: 'Files of this license',
  historyText:
    'Each change makes a new file. Only the newest one should be installed; the older ones stay here for your records.',
  issuedOn: 'Issued',
  firstFile: 'The first file of this license.',
  sameContent: 'The same content, issued anew.',
  download: (name: string): string => `Download ${name}`,
  newest: 'Newest',
  actions: 'What you can do',
  downloadNewest: 'Download the newest file',
  install:
    'Then carry the file to your host and install it there. The host shows a preview before anything changes.',
  viewer: 'Your account may look and download. Changes are ordered by an owner of your company’s account.',
  nothing: 'This license cannot be changed here.',
  askInstead: 'Something else? Write to the vendor.',
});

/** What is said of the copy that led to a license. */
export const uploadedTexts = Object.freeze({
  newestTitle: 'Your file is the newest of this license',
  newest: (revision: number): string =>
    `You uploaded revision ${String(revision)}, and there is no newer one.`,
  olderTitle: 'There is a newer file than yours',
  older: (revision: number, newest: number): string =>
    `You uploaded revision ${String(revision)}. The newest is revision ${String(newest)}: download it below and install it.`,
  damaged:
    'Your copy was damaged on the way, though it could be read. Do not install that copy: download the file again below.',
  next: 'Below you can download the newest file, or order a change.',
});
