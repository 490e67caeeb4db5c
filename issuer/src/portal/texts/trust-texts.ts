import { TRUST_SOON, type KeyStanding, type TrustConcern } from '../../domain/trust-status.js';
import type { Tone } from '../pages/components/status-badge.js';

/** Words of the trust status. */
export const trustTexts = Object.freeze({
  title: 'Trust',
  lead: 'What every signature rests on, and what ends when.',
  fine: `Nothing ends within ${String(TRUST_SOON)} days`,
  soon: 'Look after this',
  root: 'Trust root',
  version: 'Version',
  signedAt: 'Signed',
  expires: 'Expires',
  threshold: 'Signatures that a new root needs',
  thresholdText: (threshold: number, keys: number): string =>
    `${String(threshold)} of ${String(keys)} root keys`,
  fingerprint: 'Fingerprint',
  keys: 'Signing keys',
  keyColumns: ['Key', 'Signs', 'From', 'To', 'State', 'Limits'],
  roles: Object.freeze({ issuing: 'licenses', status: 'status lists' }),
  noEnd: 'No end',
  noLimits: 'None',
  limits: Object.freeze({
    products: (ids: string): string => `only ${ids}`,
    kinds: (kinds: string): string => `only ${kinds}`,
    longest: (days: number): string => `at most ${String(days)} days`,
  }),
  standings: Object.freeze({
    current: { tone: 'good', badge: 'May sign' },
    future: { tone: 'plain', badge: 'Later' },
    over: { tone: 'plain', badge: 'Over' },
    retired: { tone: 'plain', badge: 'Retired' },
    revoked: { tone: 'bad', badge: 'Revoked' },
  }) satisfies Readonly<Record<KeyStanding, { readonly tone: Tone; readonly badge: string }>>,
  lists: 'Status lists',
  listColumns: ['List', 'Version', 'Signed', 'Places in use'],
  again: 'Signed again with the next license',
  used: (used: number, entries: number): string =>
    `${used.toLocaleString('en')} of ${entries.toLocaleString('en')}`,
  noLists: 'There is none yet: the first one is made with the first license.',
  concerns: Object.freeze({
    root: 'The trust root expires. Sign a new one, and publish it before.',
    issuing: 'The last key that signs licenses ends. Let a new one in with a new root.',
    status: 'The last key that signs status lists ends. Let a new one in with a new root.',
    list: 'A status list is signed by a key that is trusted no more. The next license signs it again.',
  }) satisfies Readonly<Record<TrustConcern['type'], string>>,
  none: 'None may sign now.',
});
