import { limits } from '@counterfoil/schemas';
import {
  explainLicense,
  notAsked,
  type Explanation,
  type Instant,
  type VerifyContext,
} from '../core/index.js';
import { nodeEngine } from '../node/engine.js';
import { kindOfFile } from '../node/file-kind.js';
import { readFileWithin } from '../node/files.js';
import type { Kit } from '../node/kit.js';
import { checkForm, type FormCheck } from './check-form.js';
import type { HostIo } from './io.js';
import { hostFacts, parseInstant } from './judging-options.js';
import { kitOf, productOf } from './kit-of.js';
import type { Typed } from './options.js';

/** A file and everything that it was held against. */
export interface Judgement {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly now: Instant;
  /** Whether `now` is not the clock's. */
  readonly whatIf: boolean;
  /** What the file looks like, where that is no license. */
  readonly looksLike?: string;
  /** Absent where there is no kit, and so nobody to trust. */
  readonly decided?: { readonly kit: Kit; readonly product?: string; readonly explanation: Explanation };
  /** The form alone, where there is no kit. */
  readonly form?: FormCheck;
}

/** Holds a file against kit, product, host and instant. Throws `usage`, `kit-unusable` and the codes of reading files. */
export function judge(typed: Typed, io: HostIo): Judgement {
  const { values, positionals } = typed;
  const path = positionals[0] as string;
  const at = values.get('at')?.[0];
  const now = at === undefined ? io.now() : parseInstant(at);
  const host = hostFacts(typed);
  const kit = kitOf(typed, io);
  const product = kit === undefined ? undefined : productOf(kit, values.get('product')?.[0]);
  const bytes = readFileWithin(path, limits.file);
  const looks = kindOfFile(bytes);
  const about = {
    path,
    bytes,
    now,
    whatIf: at !== undefined,
    ...(looks === undefined || looks === 'a license' ? {} : { looksLike: looks }),
  };
  if (kit === undefined) return { ...about, form: checkForm(bytes) };
  const context: VerifyContext = {
    engine: nodeEngine,
    trust: kit.trust,
    product: product ?? notAsked,
    host,
    now,
  };
  const explanation = explainLicense(bytes, context);
  return { ...about, decided: { kit, explanation, ...(product === undefined ? {} : { product }) } };
}
