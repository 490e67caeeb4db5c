import fc from 'fast-check';
import { expect } from 'vitest';
import { toThrowCode } from './matchers.js';

expect.extend({ toThrowCode });

// At night each property is tried on many more cases; what it asks for itself stands.
if (process.env['COUNTERFOIL_NIGHTLY'] === '1') fc.configureGlobal({ numRuns: 5000 });
