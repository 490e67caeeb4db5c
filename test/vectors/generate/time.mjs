// Dates, durations, days in zones (license-file.md, clause 10), and license ids (6.8): questions to one function each.
import { at } from './documents.mjs';

const question = (ask, name, clause, note, input, answer) => ({ name, clause, note, ask, ...input, answer });
const slug = (text) => text.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();

/** Zone, day, when it ends: from the rules of the zones, not from a program. */
const ENDS = [
  ['UTC', '2026-12-31', '2027-01-01T00:00:00Z', 'no zone'],
  ['Pacific/Kiritimati', '2026-12-31', '2026-12-31T10:00:00Z', 'UTC+14'],
  ['Pacific/Pago_Pago', '2026-12-31', '2027-01-01T11:00:00Z', 'UTC-11'],
  ['America/Havana', '2026-03-07', '2026-03-08T05:00:00Z', 'midnight is skipped: 00:00 becomes 01:00'],
  ['America/Havana', '2026-03-08', '2026-03-09T04:00:00Z', 'a day of 23 hours'],
  [
    'America/Havana',
    '2026-10-31',
    '2026-11-01T04:00:00Z',
    'an hour after its end clocks go back to midnight',
  ],
  ['America/Havana', '2026-11-01', '2026-11-02T05:00:00Z', 'a day of 25 hours, its first hour twice'],
  ['America/St_Johns', '2026-12-31', '2027-01-01T03:30:00Z', 'UTC-3:30'],
  ['America/St_Johns', '2026-07-01', '2026-07-02T02:30:00Z', 'UTC-2:30 in summer'],
  [
    'America/St_Johns',
    '2010-11-06',
    '2010-11-07T03:30:00Z',
    'at 00:01 clocks went back to 23:01: the day ended twice',
  ],
  ['America/Santiago', '2026-04-04', '2026-04-05T04:00:00Z', 'at midnight clocks go back to 23:00'],
  ['America/Santiago', '2026-09-05', '2026-09-06T04:00:00Z', 'midnight is skipped'],
  ['Europe/Vienna', '2026-03-29', '2026-03-29T22:00:00Z', 'the first day of summer time'],
  ['Europe/Vienna', '2026-10-25', '2026-10-25T23:00:00Z', 'the last day of summer time'],
  ['Europe/Vienna', '2026-12-31', '2026-12-31T23:00:00Z', 'winter time'],
  ['Asia/Kathmandu', '2026-12-31', '2026-12-31T18:15:00Z', 'UTC+5:45'],
  ['Pacific/Chatham', '2026-12-31', '2026-12-31T10:15:00Z', 'UTC+13:45 in summer'],
  [
    'Australia/Lord_Howe',
    '2026-04-04',
    '2026-04-04T13:00:00Z',
    'UTC+11, half an hour before clocks go back by half an hour',
  ],
  ['Asia/Tokyo', '2026-12-31', '2026-12-31T15:00:00Z', 'UTC+9'],
  ['America/Los_Angeles', '2028-02-29', '2028-03-01T08:00:00Z', 'a leap day'],
  ['Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00Z', 'the day before the one that was left out'],
  ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 'the day that was left out'],
  ['Pacific/Apia', '2011-12-31', '2011-12-31T10:00:00Z', 'the day after it'],
];
const ends = ENDS.map(([zone, day, end, note]) =>
  question('end-of-day', `end-${slug(zone)}-${day}`, 'LF-10.2', note, { zone, day }, at(end)),
);

/** First day, duration, last day of a term that includes its first day. */
const TERMS = [
  ['2026-03-01', 'P12M', '2027-02-28'],
  ['2026-03-01', 'P1Y', '2027-02-28'],
  ['2023-03-01', 'P12M', '2024-02-29'],
  ['2024-02-29', 'P12M', '2025-02-28'],
  ['2024-02-29', 'P4Y', '2028-02-28'],
  ['2024-03-01', 'P12M', '2025-02-28'],
  ['2026-01-01', 'P12M', '2026-12-31'],
  ['2026-01-31', 'P1M', '2026-02-28'],
  ['2026-01-30', 'P1M', '2026-02-28'],
  ['2026-01-29', 'P1M', '2026-02-28'],
  ['2026-01-28', 'P1M', '2026-02-27'],
  ['2026-10-31', 'P1M', '2026-11-30'],
  ['2026-03-31', 'P6M', '2026-09-30'],
  ['2026-05-15', 'P1Y6M', '2027-11-14'],
  ['2026-03-01', 'P14D', '2026-03-14'],
  ['2026-03-01', 'P2W', '2026-03-14'],
  ['2026-12-31', 'P1D', '2026-12-31'],
  ['2026-01-15', 'P1M1D', '2026-02-15'],
  ['2026-01-31', 'P1M2D', '2026-03-02'],
  ['2028-02-28', 'P2D', '2028-02-29'],
];
const terms = TERMS.map(([first, duration, last]) =>
  question(
    'last-day-from',
    `from-${first}-${slug(duration)}`,
    'LF-10.3',
    'the last day of a term that includes its first day',
    { first, duration },
    last,
  ),
);

/** Day of activation, duration, last day of a term whose broken first day is not counted. */
const AFTER = [
  ['2026-02-10', 'P12M', '2027-02-10'],
  ['2024-02-29', 'P12M', '2025-02-28'],
  ['2026-01-31', 'P1M', '2026-02-28'],
  ['2026-03-01', 'P14D', '2026-03-15'],
  ['2026-03-01', 'P2W', '2026-03-15'],
  ['2026-12-31', 'P1D', '2027-01-01'],
];
const after = AFTER.map(([day, duration, last]) =>
  question(
    'last-day-after',
    `after-${day}-${slug(duration)}`,
    'LF-10.3',
    'the last day of a term from a moment in a day',
    { first: day, duration },
    last,
  ),
);

const refused = [
  ...[
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00:00Z',
    '1969-12-31',
    '',
  ].map((day, i) =>
    question(
      'end-of-day',
      `date-refused-${i + 1}`,
      'LF-10.2',
      `no date: ${JSON.stringify(day)}`,
      { zone: 'UTC', day },
      { code: 'date-invalid' },
    ),
  ),
  ...['Mars/Olympus', 'Nowhere', ''].map((zone, i) =>
    question(
      'end-of-day',
      `zone-refused-${i + 1}`,
      'LF-10.2',
      `no zone: ${JSON.stringify(zone)}`,
      { zone, day: '2026-12-31' },
      { code: 'zone-unknown' },
    ),
  ),
  ...['', 'P', 'P1', '1M', 'P1.5M', 'PT1H', 'P-1M', 'P1D1M', 'p1m'].map((duration, i) =>
    question(
      'last-day-from',
      `duration-refused-${i + 1}`,
      'LF-10.3',
      `no duration: ${JSON.stringify(duration)}`,
      { first: '2026-01-01', duration },
      { code: 'duration-invalid' },
    ),
  ),
];

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The check digit by multiplication in GF(32), written out: weights 2^8 … 2^1 of the eight digits. */
function checkDigit(digits) {
  const times = (a, b) => {
    let product = 0;
    for (let i = 0; i < 5; i++) if ((b >> i) & 1) product ^= a << i;
    for (let bit = 9; bit >= 5; bit--) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
    return product;
  };
  let weight = 1;
  let sum = 0;
  for (const digit of [...digits].reverse()) {
    weight = times(weight, 2);
    sum ^= times(DIGITS.indexOf(digit), weight);
  }
  return DIGITS[sum];
}
const printed = (body) => `CF-${body.slice(0, 4)}-${body.slice(4)}-${checkDigit(body)}`;
const id = printed('7K2M94QX');
const other = DIGITS[(DIGITS.indexOf(id.at(-1)) + 1) % 32];
const ids = [
  ['printed', 'as printed', id, id],
  ['lower', 'lower case', id.toLowerCase(), id],
  ['no-dashes', 'without dashes', id.replaceAll('-', ''), id],
  ['no-prefix', 'without CF', id.slice(3), id],
  ['spaces', 'with spaces', ` ${id.replaceAll('-', ' ')} `, id],
  ['begins-with-cf', 'digits that look like the prefix', printed('CF000000').slice(3), printed('CF000000')],
  ['zeros', 'zeros only', printed('00000000'), printed('00000000')],
  ['o-for-zero', 'the letter O for zero', printed('10000000').replaceAll('0', 'O'), printed('10000000')],
  [
    'i-for-one',
    'the letters I and L for one',
    printed('11111111').replaceAll('1', (_, at_) => 'IL'[at_ % 2]),
    printed('11111111'),
  ],
  ['one-wrong', 'a wrong character', id.replace('7', '8'), { code: 'license-id' }],
  ['two-swapped', 'two neighbours exchanged', id.replace('7K', 'K7'), { code: 'license-id' }],
  ['check-wrong', 'a wrong check digit', id.slice(0, -1) + other, { code: 'license-id' }],
  ['short', 'without the check digit', id.slice(0, -2), { code: 'license-id' }],
  ['letter-u', 'a letter that is never used', id.replace('M', 'U'), { code: 'license-id' }],
  ['empty', 'nothing', '', { code: 'license-id' }],
].map(([name, note, typed, answer]) =>
  question('license-id', `id-${name}`, 'LF-6.8', note, { typed }, answer),
);

export const times = () => [...ends, ...terms, ...after, ...refused, ...ids];
