import { show } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import { RENEWAL_BASES, renewLicense, type Renewal } from '../../domain/reissue/renew-license.js';
import type { CommandIo, Report } from '../command-io.js';
import { poolTotals, reissue, type ReissueOptions } from '../reissue-options.js';

export interface RenewOptions extends ReissueOptions {
  readonly duration?: string;
  readonly lastDay?: string;
  readonly basis?: string;
  readonly grace?: string;
  readonly preload?: boolean;
}

function lengthOf({ duration, lastDay }: RenewOptions): Renewal['length'] {
  const expected = '--duration or --last-day';
  if (duration !== undefined && lastDay !== undefined)
    throw issuerFault('option-conflict', { expected, actual: 'both' });
  if (duration !== undefined) return { duration };
  if (lastDay !== undefined) return { lastDay };
  throw issuerFault('option-missing', { expected });
}

function basisOf({ basis, preload }: RenewOptions): Renewal['basis'] | undefined {
  if (basis === undefined) return undefined;
  const known = RENEWAL_BASES.find((name) => name === basis);
  if (known === undefined) {
    const expected = RENEWAL_BASES.join(', ');
    throw issuerFault('option-invalid', { where: '--basis', expected, actual: show(basis) });
  }
  if (preload === true && known !== 'from-expiry') {
    throw issuerFault('option-conflict', { expected: '--preload or --basis', actual: `both, ${known}` });
  }
  return known;
}

/** `renew`: the next revision of a license, for a further term. */
export async function renew(license: string, options: RenewOptions, io: CommandIo): Promise<Report> {
  const { grace, preload } = options;
  const basis = basisOf(options);
  const renewal: Renewal = {
    length: lengthOf(options),
    ...(basis === undefined ? {} : { basis }),
    ...(grace === undefined ? {} : { grace }),
    preload: preload === true,
    pools: poolTotals(options),
  };
  let offer: string | undefined;
  const report = await reissue(license, options, io, async (vendor, request) => {
    const issued = await renewLicense(vendor, request, renewal);
    offer = issued.file.claims.license.offer;
    return issued;
  });
  const isGuess = basis === undefined && preload !== true && options.productFile === undefined;
  if (!isGuess || offer === undefined) return report;
  // The register keeps what was signed, and offers never are.
  const note = `counted from-expiry: what the offer ${offer} says stands in the product document (--product-file)`;
  return { ...report, notes: [...(report.notes ?? []), note] };
}
