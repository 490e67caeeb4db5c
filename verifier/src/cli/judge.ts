import { CounterfoilError, limits } from '@counterfoil/schemas';
import {
  explainLicense,
  notAsked,
  type Explanation,
  type Instant,
  type VerifyContext,
} from '../core/index.js';
import { nodeFault } from '../node/codes.js';
import { nodeEngine } from '../node/engine.js';
import { kindOfFile } from '../node/file-kind.js';
import { readFileWithin } from '../node/files.js';
import { readKit, type Kit } from '../node/kit.js';
import { checkForm, type FormCheck } from './check-form.js';
import type { HostIo } from './io.js';
import { hostFacts, parseInstant } from './judging-options.js';
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

/** Reads the kit that a call names. Throws `kit-unusable` and the codes of reading files. */
export function openKit(path: string): Kit {
  const bytes = readFileWithin(path, limits.file);
  try {
    return readKit(bytes, nodeEngine);
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    const kind = kindOfFile(bytes);
    const name =
      kind === undefined || kind === 'a kit' || kind === 'a file of trust roots' ? '' : `${kind}; `;
    throw nodeFault('kit-unusable', { where: path, actual: `${name}${cause.message}`, cause });
  }
}

/** The product that asks, by the kit or as typed. Throws `usage` where the two differ. */
export function productOf(kit: Kit, typed: string | undefined): string | undefined {
  const own = kit.product?.sub;
  if (own !== undefined && typed !== undefined && own !== typed) {
    throw nodeFault('usage', {
      where: '--product',
      expected: `${own}, for which the kit is made`,
      actual: typed,
    });
  }
  return typed ?? own;
}

/** Holds a file against kit, product, host and instant. Throws `usage`, `kit-unusable` and the codes of reading files. */
export function judge(typed: Typed, io: HostIo): Judgement {
  const { values, positionals } = typed;
  const path = positionals[0] as string;
  const at = values.get('at')?.[0];
  const now = at === undefined ? io.now() : parseInstant(at);
  const host = hostFacts(typed);
  const kitPath = values.get('kit')?.[0];
  const kit = kitPath === undefined ? undefined : openKit(kitPath);
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
