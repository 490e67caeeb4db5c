import { resolve } from 'node:path';
import { CounterfoilError, type Order, type Product } from '@counterfoil/schemas';
import { summaryLines, type Finding } from '@counterfoil/verifier';
import { parseOrderDocument } from '../../catalog/order-document.js';
import { issuerFault } from '../../codes.js';
import { issueLicense, type IssuedLicense } from '../../domain/issue-license.js';
import { requireWritable, writeOutput } from '../../register/write-output.js';
import type { CommandIo, Report } from '../command-io.js';
import { flagOf, orderFromOptions, orderOptionNames, type OrderOptions } from '../order-options.js';
import { folderOfOrder, readDocument, readIdentities, readProduct } from '../read-document.js';
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
  const product = readProduct(options.productFile);
  const order = readOrder(orderFile, options, product);
  const identities = readIdentities(order, folderOfOrder(orderFile));
  const { out, acknowledgeClock, renameCustomer } = options;
  const force = options.force === true;
  if (out !== '-') await requireWritable(out, { force });
  const issued = await withVendor(options, io, (vendor) =>
    issueLicense(vendor, {
      order,
      product,
      identities,
      acknowledgeClock: acknowledgeClock === true,
      renameCustomer: renameCustomer === true,
    }),
  );
  const { file } = issued;
  if (out !== '-') await writeFiled(out, force, issued);
  return {
    exit: 0,
    lines: [file.license],
    data: {
      license: file.license,
      revision: file.revision,
      state: issued.verdict.state,
      digest: file.digest,
      ...(out === '-' ? { text: file.text } : { file: resolve(out) }),
      conditions: issued.verdict.conditions,
    },
    ...(out === '-' ? { raw: file.text } : {}),
    notes: [
      ...summaryLines(file.claims).map(({ label, text }) => `${`${label}:`.padEnd(10)}${text}`),
      `State:    ${issued.verdict.state}`,
      ...issued.verdict.conditions.map(
        ({ code, message, hint }: Finding) => `warning: ${code}: ${message}; ${hint}`,
      ),
      ...(out === '-' ? [] : [`written to ${out}`]),
    ],
  };
}

/** The license is in the register by now, so a failure to write must not look like a failure to issue. */
async function writeFiled(out: string, force: boolean, { file }: IssuedLicense): Promise<void> {
  try {
    await writeOutput(out, file.text, { force });
  } catch (cause) {
    if (!(cause instanceof CounterfoilError)) throw cause;
    throw issuerFault('filed-not-written', {
      where: `${file.license}, revision ${String(file.revision)}`,
      actual: cause.message,
      cause,
    });
  }
}
