// Holds the built packages against every vector, with both engines: node test/vectors/run.mjs [group or name …]
import { isDeepStrictEqual } from 'node:util';
import * as schemas from '@counterfoil/schemas';
import * as verifier from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { portableEngine } from '@counterfoil/verifier/portable';
import { loadVectors, makeChecker } from './check.mjs';

const wanted = process.argv.slice(2);
const vectors = loadVectors().filter(
  ({ group, name }) => wanted.length === 0 || wanted.includes(group) || wanted.includes(name),
);
let passed = 0;
let failed = 0;
for (const engine of [nodeEngine, portableEngine]) {
  const check = makeChecker({ schemas, verifier }, engine);
  for (const vector of vectors) {
    // One engine reads bytes, the other texts: the answer must not differ.
    const { expected, actual } = attempt(() => check(vector, { asBytes: engine === nodeEngine }));
    if (isDeepStrictEqual(actual, expected)) {
      passed++;
    } else {
      failed++;
      console.log(
        `${vector.group}/${vector.name} (${engine.name}): expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`,
      );
    }
  }
}

function attempt(act) {
  try {
    return act();
  } catch (error) {
    return { expected: 'an answer', actual: String(error) };
  }
}
console.log(`checks: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
