import { expect } from 'vitest';
import { toThrowCode } from './matchers.js';

expect.extend({ toThrowCode });
