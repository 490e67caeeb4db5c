import { setTimeout } from 'node:timers/promises';
import { show } from '@counterfoil/schemas';
import type { KeyLimits } from '@counterfoil/keys';
import { issuerFault } from '../../codes.js';
import { answerRequests, type AnsweredRequest } from '../../domain/signing/sign-worker.js';
import type { CommandIo, Report } from '../command-io.js';
import { printLines } from '../print.js';
import { openVendorKeys, type GlobalOptions } from '../session.js';

export interface SignWorkerOptions extends GlobalOptions {
  readonly spool: string;
  readonly product?: readonly string[];
  readonly kind?: readonly string[];
  readonly longest?: string;
  readonly once?: boolean;
}

/** Milliseconds between two looks into the spool. */
const STEP = 100;
const KINDS: readonly NonNullable<KeyLimits['kinds']>[number][] = [
  'trial',
  'commercial',
  'evaluation',
  'not-for-production',
];

/** What the operator lets the portal have; what the trust root says of the key holds besides. */
function limitsOf({ product: products, kind = [], longest }: SignWorkerOptions): KeyLimits {
  const kinds = kind.map((name) => {
    const known = KINDS.find((one) => one === name);
    if (known !== undefined) return known;
    throw issuerFault('option-invalid', { where: '--kind', expected: KINDS.join(', '), actual: show(name) });
  });
  if (longest !== undefined && !/^[1-9][0-9]{0,4}$/.test(longest))
    throw issuerFault('option-invalid', { where: '--longest', expected: 'days', actual: show(longest) });
  return {
    ...(products === undefined ? {} : { products: [...products] }),
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(longest === undefined ? {} : { longest: Number(longest) }),
  };
}

const lineOf = ({ id, refused }: AnsweredRequest): string =>
  refused === undefined ? `signed ${id}` : `refused ${id}: ${refused.code}: ${refused.message}`;

/** `sign-worker`: signs what a portal without keys asks for through a folder, until it is stopped. */
export async function signWorker(options: SignWorkerOptions, io: CommandIo): Promise<Report> {
  const { spool: folder, once = false } = options;
  const limits = limitsOf(options);
  const { facts, trust, signer } = await openVendorKeys(options, io);
  const worker = { vendor: facts.id, trust, limits, folder, now: io.now, signer };
  const answered: AnsweredRequest[] = [];
  do {
    const done = await answerRequests(worker);
    io.err(printLines(done.map(lineOf)));
    if (once) answered.push(...done);
    else
      await setTimeout(STEP, undefined, io.stopped === undefined ? {} : { signal: io.stopped }).catch(
        () => undefined,
      );
  } while (!once && io.stopped?.aborted !== true);
  return {
    exit: answered.some(({ refused }) => refused !== undefined) ? 1 : 0,
    lines: [],
    data: answered.map(({ id, refused }) => ({
      id,
      ...(refused === undefined ? {} : { code: refused.code }),
    })),
  };
}
