import { issuerFault } from '../../codes.js';
import { convertTrial } from '../../domain/reissue/convert-trial.js';
import type { CommandIo, Report } from '../command-io.js';
import { quantityOf } from '../order-options.js';
import { reissue, type ReissueOptions } from '../reissue-options.js';

export interface ConvertOptions extends ReissueOptions {
  readonly offer?: string;
  readonly quantity?: string;
}

/** `convert`: the commercial license that follows a trial, under a license id of its own. */
export async function convert(license: string, options: ConvertOptions, io: CommandIo): Promise<Report> {
  const { offer, productFile } = options;
  if (offer === undefined) throw issuerFault('option-missing', { where: '--offer' });
  // Offers stand in the product document alone.
  if (productFile === undefined)
    throw issuerFault('option-missing', { where: '--product-file', expected: 'the document with the offer' });
  const quantity = quantityOf(options);
  return reissue(license, options, io, (vendor, request) =>
    convertTrial(vendor, request, { offer, quantity }),
  );
}
