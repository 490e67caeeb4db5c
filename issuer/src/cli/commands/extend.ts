import { issuerFault } from '../../codes.js';
import { extendLicense, type PackOrder } from '../../domain/reissue/change-license.js';
import type { CommandIo, Report } from '../command-io.js';
import { mapped, quantityOf } from '../order-options.js';
import { poolChanges, reissue, type ReissueOptions } from '../reissue-options.js';

export interface ExtendOptions extends ReissueOptions {
  readonly feature?: readonly string[];
  readonly offer?: string;
  readonly quantity?: string;
}

/** The pack of `--offer`; offers stand in the product document alone. Throws `option-missing`, `option-invalid`. */
function packOf(options: ExtendOptions): PackOrder | undefined {
  const { offer, quantity, productFile } = options;
  if (offer === undefined && quantity === undefined) return undefined;
  const pack = { quantity: quantityOf(options), offer: offer as string };
  if (productFile === undefined)
    throw issuerFault('option-missing', { where: '--product-file', expected: 'the document with the offer' });
  return pack;
}

/** `extend`: the next revision of a license, with more of something. */
export async function extend(license: string, options: ExtendOptions, io: CommandIo): Promise<Report> {
  const { pool, feature, allow } = options;
  const pack = packOf(options);
  if (pack === undefined && pool === undefined && feature === undefined && allow === undefined)
    throw issuerFault('option-missing', { expected: 'one of --offer, --pool, --feature, --allow' });
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
    extendLicense(vendor, request, {
      ...(pack === undefined ? {} : { pack }),
      pools,
      features: lastDays,
    }),
  );
}
