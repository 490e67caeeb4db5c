// All groups, as the texts of their files.
import { allowedLists } from './allowed.mjs';
import { armors } from './armor.mjs';
import { blockOrders } from './blocks.mjs';
import { canonicalForms } from './canonical.mjs';
import { chains } from './chain.mjs';
import { claimsRules } from './claims.mjs';
import { compactTexts } from './compact.mjs';
import { distrusted } from './distrusted.mjs';
import { ROOT1 } from './documents.mjs';
import { fit } from './fit.mjs';
import { forks } from './forks.mjs';
import { format } from './format.mjs';
import { headers } from './header.mjs';
import { jsonTexts } from './json.mjs';
import { keyRules } from './key-rules.mjs';
import { pageFiles, pageQuestions } from './paged.mjs';
import { rootForms } from './root-form.mjs';
import { shapes } from './shape.mjs';
import { shards } from './shard.mjs';
import { rawSignatures, signatures } from './signature.mjs';
import { statesAt } from './states.mjs';
import { statusLists } from './status.mjs';
import { summaries } from './summary.mjs';
import { termRules } from './term.mjs';
import { testRoots } from './test-root.mjs';
import { thresholdRules } from './threshold.mjs';
import { times } from './time.mjs';
import { termsAt } from './zones.mjs';

const GROUPS = {
  format: [format, summaries, armors, blockOrders],
  json: [jsonTexts],
  header: [headers, compactTexts],
  'signature-raw': [rawSignatures],
  signature: [signatures],
  claims: [shapes, claimsRules],
  term: [termRules],
  trust: [chains, forks, testRoots, thresholdRules, rootForms],
  keys: [keyRules],
  fit: [fit],
  status: [statusLists, shards, distrusted],
  states: [statesAt, termsAt],
  time: [times],
  identities: [canonicalForms, allowedLists, pageQuestions],
};

/** What most vectors trust stands in one place. */
const TRUSTS = { usual: { roots: [ROOT1] } };
const shorten = (vector) =>
  JSON.stringify(vector.trust) === JSON.stringify(TRUSTS.usual) ? { ...vector, trust: 'usual' } : vector;
const text = (value) => `${JSON.stringify(value, undefined, 1)}\n`;

/** Name and text of every file in `data/`. */
export function generateData() {
  const names = new Set();
  const files = Object.entries(GROUPS).map(([group, make]) => {
    const vectors = make.flatMap((part) => part());
    for (const { name } of vectors) {
      if (names.has(name)) throw new Error(`two vectors are called ${name}`);
      names.add(name);
    }
    return [`${group}.json`, text(vectors.map(shorten))];
  });
  return [...files, ['trusts.json', text(TRUSTS)], ...pageFiles()];
}
