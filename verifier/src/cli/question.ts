import type { Question, Subject } from '../core/index.js';
import { nodeFault } from '../node/codes.js';
import { parsePair } from './judging-options.js';
import type { Typed } from './options.js';

/** The subject that the options describe. Throws `usage`. */
function subjectOf({ values }: Typed): Subject {
  const pairs = (values.get('identity') ?? []).map((typed) => parsePair(typed, '--identity', 'KIND=VALUE'));
  if (new Set(pairs.map(([kind]) => kind)).size !== pairs.length) {
    throw nodeFault('usage', { where: '--identity', expected: 'each kind once', actual: 'one twice' });
  }
  const role = values.get('role')?.[0];
  return {
    ...(pairs.length === 0 ? {} : { ids: Object.fromEntries(pairs) }),
    ...(role === undefined ? {} : { role }),
  };
}

/** The question about an operation. Throws `usage`. */
export function questionOf(operation: string, typed: Typed): Question {
  return { operation, subject: subjectOf(typed) };
}
