// The text before the blocks, as it follows from the license (license-file.md, clause 2.7).
import { accept, at, file, perpetual, token } from './documents.mjs';

const END = 'This text only explains; what counts is signed in the block COUNTERFOIL LICENSE.';
const head = [
  'License:  CF-7K2M-94QX-A, revision 2, commercial',
  'Product:  Acme Mail (acme-mail)',
  'Licensee: Example Hospital (C-1001)',
  'Vendor:   acme.example',
];
const FIXED = 'Term:     from 2026-01-15 to the end of 2027-01-14 (UTC), grace to 2027-01-28';
const told = (name, note, lines, change = () => undefined, more = {}) =>
  accept(`summary-${name}`, 'LF-2.7', note, {
    file: file({ summary: [...lines, END].join('\n'), license: token(change) }),
    ...more,
    expected: { ...more.expected, explain: { summary: 'good' } },
  });
const features = (count) => (payload) => {
  const ids = Array.from({ length: count }, (_, i) => `feature-${i + 1}`);
  payload.license.features = Object.fromEntries(ids.map((id) => [id, {}]));
};
const featureLines = (count) => Array.from({ length: count }, (_, i) => `Feature:  feature-${i + 1}`);
const named = (name) => (payload) => (payload.license.licensee.name = name);
const licensee = (text) => [...head.slice(0, 2), `Licensee: ${text}`, head[3], FIXED];

export const summaries = () => [
  told('fixed', 'a fixed term with grace', [...head, FIXED]),
  told(
    'pools',
    'pools by label or id',
    [...head, FIXED, 'Pool:     Seats: 25 + 5', 'Pool:     spare: 0'],
    (payload) => {
      const lots = [
        { id: 'first', quantity: 25 },
        { id: 'second', quantity: 5 },
      ];
      payload.license.pools = { seats: { label: 'Seats', lots }, spare: { lots: [] } };
    },
  ),
  told(
    'days-of-lots',
    'lots and features with days of their own',
    [
      ...head,
      FIXED,
      'Pool:     seats: 25 (to 2026-06-30) + 30 (from 2026-07-01) + 5 (2026-02-01 to 2026-02-28)',
      'Feature:  archive (to 2026-03-31)',
    ],
    (payload) => {
      const lots = [
        { id: 'first', quantity: 25, until: at('2026-07-01') },
        { id: 'second', quantity: 30, from: at('2026-07-01') },
        { id: 'third', quantity: 5, from: at('2026-02-01'), until: at('2026-03-01') },
      ];
      payload.license.pools = { seats: { lots } };
      payload.license.features = { archive: { until: at('2026-04-01') } };
    },
  ),
  told(
    'perpetual',
    'without end, its first day named in its zone',
    [...head, 'Term:     from 2026-01-14 (America/Havana), without end'],
    (payload) => {
      perpetual(payload);
      payload.license.term.zone = 'America/Havana';
    },
  ),
  told(
    'activation',
    'from activation, the last day to activate it named in its zone',
    [...head, 'Term:     P12M from activation, to be activated by 2026-07-01 (Asia/Kathmandu)'],
    (payload) => {
      payload.exp = at('2027-07-02');
      payload.license.term = {
        type: 'activation',
        by: at('2026-07-01T18:15:00Z'),
        duration: 'P12M',
        zone: 'Asia/Kathmandu',
      };
    },
    { expected: { state: 'pending', code: 'license-not-activated' } },
  ),
  told('20-lines', 'as many lines as are written', [...head, FIXED, ...featureLines(15)], features(15)),
  told('21-lines', 'one more', [...head, FIXED, ...featureLines(14), '2 more lines'], features(16)),
  told('180-wide', 'the longest line', licensee(`${'x'.repeat(171)} (C-1001)`), named('x'.repeat(171))),
  told('181-wide', 'one character more', licensee(`${'x'.repeat(172)} (C-100…`), named('x'.repeat(172))),
  told(
    'unprintable',
    'marks that claims may have and people must not see',
    licensee('a?b (C-1001)'),
    named('a\u200bb'),
  ),
];
