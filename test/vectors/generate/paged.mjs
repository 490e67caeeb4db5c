// Questions to identity pages, and pages in a file (license-file.md, clause 11.3).
import { ask, licensed } from './canonical.mjs';
import { b64 } from './codec.mjs';
import { accept, file, reject } from './documents.mjs';
import { built, digestOf, inOrder, pagesOf, sets } from './pages.mjs';

const paged = (set, name, note, value, answer, change) =>
  ask(`${set}-${name}`, 'LF-11.3', note, ['mailbox', value], answer, {
    allowed: { mailbox: { pages: built[set].claim } },
    pages: { file: `${set}.base64`, ...change },
  });
const PAGE = 4096;
const at = (place, bytes) => ({ changes: [{ at: place, base64: b64(bytes) }] });

function questions(set) {
  const { salt } = built[set];
  const order = inOrder(sets[set], salt);
  const below = strangers(salt).find(
    (name) => Buffer.compare(digestOf(salt, name), built[set].digests[0]) < 0,
  );
  const above = strangers(salt).find(
    (name) => Buffer.compare(digestOf(salt, name), built[set].digests.at(-1)) > 0,
  );
  return [
    paged(set, 'first', 'the first digest of all', order[0], 'allowed'),
    paged(set, 'last', 'the last digest of all', order.at(-1), 'allowed'),
    paged(set, 'absent', 'an identity that is not on the pages', 'nobody@example.org', 'not-listed'),
    ...(below === undefined
      ? []
      : [paged(set, 'below-first', 'a digest below the first', below, 'not-listed')]),
    ...(above === undefined
      ? []
      : [paged(set, 'above-last', 'a digest above the last', above, 'not-listed')]),
  ];
}
function strangers() {
  return Array.from({ length: 60_000 }, (_, i) => `stranger${i}@example.org`);
}
const two = 'pages-257';
const order = inOrder(sets[two], built[two].salt);
const bytes = built[two].bytes;
const block = (index) => bytes.subarray(index * PAGE, (index + 1) * PAGE);
const flipped = (place) => at(place, Buffer.from([bytes[place] ^ 1]));
const other = pagesOf(sets[two], 'another salt');
const edges = [
  ...Object.keys(sets).flatMap(questions),
  paged(two, 'page-end', 'the last digest of the first page', order[255], 'allowed'),
  paged(two, 'page-start', 'the only digest of the second page', order[256], 'allowed'),
  paged(two, 'upper', 'capitals', order[0].toUpperCase(), 'allowed'),
  { ...paged(two, 'missing', 'the side file is not there', order[0], 'pages-missing'), pages: undefined },
  paged(two, 'swapped', 'the two pages exchanged', order[0], 'pages-broken', {
    changes: [
      { at: 2 * PAGE, base64: b64(block(3)) },
      { at: 3 * PAGE, base64: b64(block(2)) },
    ],
  }),
  paged(two, 'leaf-bit', 'a bit of the page flipped', order[0], 'pages-broken', flipped(2 * PAGE + 100)),
  paged(
    two,
    'leaf-padding',
    'a bit after the digests flipped',
    order[256],
    'pages-broken',
    flipped(3 * PAGE + 4000),
  ),
  paged(
    two,
    'other-leaf-bit',
    'a bit of the other page flipped: this one still proves what it says',
    order[0],
    'allowed',
    flipped(3 * PAGE),
  ),
  paged(two, 'node-bit', 'a bit of the node flipped', order[0], 'pages-broken', flipped(PAGE + 20)),
  paged(two, 'truncated', 'the last page is missing', order[256], 'pages-broken', { size: 3 * PAGE }),
  paged(two, 'cut', 'the last page is cut', order[256], 'pages-broken', { size: 4 * PAGE - 1 }),
  paged(two, 'header-only', 'the header and nothing else', order[0], 'pages-broken', { size: PAGE }),
  paged(two, 'empty', 'an empty side file', order[0], 'pages-broken', { size: 0 }),
  ask(
    'pages-257-wrong-salt',
    'LF-11.3',
    'another salt in the license: the pages are whole, and list nobody',
    ['mailbox', order[0]],
    'not-listed',
    {
      allowed: { mailbox: { pages: { ...built[two].claim, salt: other.salt } } },
      pages: { file: `${two}.base64` },
    },
  ),
  ask(
    'pages-257-wrong-root',
    'LF-11.3',
    'another root in the license',
    ['mailbox', order[0]],
    'pages-broken',
    {
      allowed: { mailbox: { pages: { ...built[two].claim, root: other.claim.root } } },
      pages: { file: `${two}.base64` },
    },
  ),
  ask(
    'pages-257-list-first',
    'LF-11.2',
    'on the list as well: nobody looks at the pages',
    ['mailbox', order[0]],
    'allowed',
    {
      allowed: { mailbox: { list: [order[0]], pages: built[two].claim } },
    },
  ),
];

const one = 'pages-1';
const withPages = licensed({ mailbox: { pages: built[one].claim } });
const carried = (name, note, pages, explain) =>
  accept(`carried-${name}`, 'LF-11.3', note, {
    file: file({ license: withPages, pages }),
    expected: { explain: { 'identity-pages': explain } },
  });
const changedPages = Buffer.from(built[one].bytes);
changedPages[2 * PAGE] ^= 1;
const blocks = [
  carried('pages', 'the pages that the license names', [built[one].bytes], 'good'),
  carried('pages-missing', 'no pages in the file', [], 'pages-missing'),
  carried('pages-changed', 'a bit of the page flipped', [changedPages], 'pages-broken'),
  carried('pages-other', 'pages of another list', [pagesOf(sets[one], 'other').bytes], 'pages-broken'),
  carried(
    'pages-more',
    'further pages that the license does not name',
    [built[one].bytes, pagesOf(sets[one], 'other').bytes],
    'pages-broken',
  ),
  carried('pages-cut', 'a byte less', [built[one].bytes.subarray(0, -1)], 'pages-broken'),
  carried(
    'pages-longer',
    'a block more',
    [Buffer.concat([built[one].bytes, Buffer.alloc(PAGE)])],
    'pages-broken',
  ),
  reject('pages-unnamed-root-first', 'LF-2.6', 'file-blocks', 'pages before the license', {
    file: file({ license: withPages, pages: [built[one].bytes] })
      .split(/(?<=-----END COUNTERFOIL LICENSE-----\n)/)
      .reverse()
      .join(''),
  }),
];

/** A vector whose pages are missing has no such member. */
export const pageQuestions = () =>
  [...edges, ...blocks].map(({ pages, ...vector }) => (pages === undefined ? vector : { ...vector, pages }));
export const pageFiles = () =>
  Object.entries(built).map(([name, { bytes: content }]) => [
    `pages/${name}.base64`,
    `${b64(content).replace(/.{1,76}/g, '$&\n')}`,
  ]);
