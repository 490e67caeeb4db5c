import type { Order, Product } from '@counterfoil/schemas';
import { parseOrderDocument } from '../../catalog/order-document.js';
import { issuerFault } from '../../codes.js';
import { issueLicense } from '../../domain/order/issue-license.js';
import { requireWritable } from '../../register/write-output.js';
import type { CommandIo, Report } from '../command-io.js';
import { deliverLicense } from '../deliver-license.js';
import { flagOf, orderFromOptions, orderOptionNames, type OrderOptions } from '../order-options.js';
import { folderOfOrder, readCatalog, readDocument, readIdentities } from '../read-document.js';
import { withVendor, type GlobalOptions } from '../session.js';

export interface IssueOptions extends GlobalOptions, OrderOptions {
  readonly productFile: string;
  readonly out: string;
  readonly force?: boolean;
  readonly acknowledgeClock?: boolean;
  readonly renameCustomer?: boolean;
}

function readOrder(orderFile: string | undefined, options: IssueOptions, product: Product): Order {
  if (orderFile === undefined) return orderFromOptions(options, product.id);
  const typed = orderOptionNames.find((name) => options[name] !== undefined);
  if (typed !== undefined) {
    throw issuerFault('option-conflict', {
      expected: 'an order file or options',
      actual: `${orderFile} and ${flagOf(typed)}`,
    });
  }
  return parseOrderDocument(readDocument(orderFile), orderFile);
}

/** `issue`: signs a license for an order, files it, and writes its file. */
export async function issue(
  orderFile: string | undefined,
  options: IssueOptions,
  io: CommandIo,
): Promise<Report> {
  const { product, sales } = readCatalog(options.productFile, io);
  const order = readOrder(orderFile, options, product);
  const identities = readIdentities(order, folderOfOrder(orderFile));
  const { out, acknowledgeClock, renameCustomer } = options;
  const force = options.force === true;
  if (out !== '-') await requireWritable(out, { force });
  const issued = await withVendor(options, io, (vendor) =>
    issueLicense(vendor, {
      order,
      product,
      sales,
      identities,
      acknowledgeClock: acknowledgeClock === true,
      renameCustomer: renameCustomer === true,
    }),
  );
  return deliverLicense(issued, options);
}
