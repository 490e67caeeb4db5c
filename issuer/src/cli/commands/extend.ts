import { issuerFault } from '../../codes.js';
import { extendLicense } from '../../domain/change-license.js';
import type { CommandIo, Report } from '../command-io.js';
import { mapped } from '../order-options.js';
import { poolChanges, reissue, type ReissueOptions } from '../reissue-options.js';

export interface ExtendOptions extends ReissueOptions {
  readonly feature?: readonly string[];
}

/** `extend`: the next revision of a license, with more of something. */
export async function extend(license: string, options: ExtendOptions, io: CommandIo): Promise<Report> {
  const { pool, feature, allow } = options;
  if (pool === undefined && feature === undefined && allow === undefined)
    throw issuerFault('option-missing', { expected: 'one of --pool, --feature, --allow' });
  const pools = poolChanges(options, { canAdd: true });
  const { features = {} } = mapped(
    'features',
    feature,
    '--feature',
    'FEATURE or FEATURE=LASTDAY',
    (lastDay) => ({
      lastDay,
    }),
  );
  const lastDays = new Map(Object.entries(features).map(([id, { lastDay }]) => [id, lastDay]));
  return reissue(license, options, io, (vendor, request) =>
    extendLicense(vendor, request, { pools, features: lastDays }),
  );
}
