import { issuerFault } from '../../codes.js';
import { reduceLicense } from '../../domain/reissue/change-license.js';
import type { CommandIo, Report } from '../command-io.js';
import { poolTotals, reissue, type ReissueOptions } from '../reissue-options.js';

/** `reduce`: the next revision of a license, with less in its pools. */
export async function reduce(license: string, options: ReissueOptions, io: CommandIo): Promise<Report> {
  const { pool, allow } = options;
  if (pool === undefined && allow === undefined)
    throw issuerFault('option-missing', { expected: 'one of --pool, --allow' });
  const totals = poolTotals(options);
  return reissue(license, options, io, (vendor, request) => reduceLicense(vendor, request, totals));
}
