import { show } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';
import type { PoolChange } from '../domain/reissue/change-license.js';
import type { ReissueRequest } from '../domain/reissue/plan-reissue.js';
import type { ReissuedLicense } from '../domain/reissue/reissue-license.js';
import { previewReissue } from '../domain/reissue/reissue-preview.js';
import type { Vendor } from '../domain/vendor.js';
import { requireWritable } from '../register/write-output.js';
import type { CommandIo, Report } from './command-io.js';
import { deliverLicense, type DeliveryOptions } from './deliver-license.js';
import { mapped } from './order-options.js';
import { readCatalog, readIdentities } from './read-document.js';
import { withVendor, type GlobalOptions } from './session.js';

/** Options of every command that reissues a license. */
export interface ReissueOptions extends GlobalOptions, DeliveryOptions {
  readonly productFile?: string;
  readonly pool?: readonly string[];
  readonly allow?: readonly string[];
  readonly note?: string;
  readonly acknowledgeClock?: boolean;
}

/** Characters of a note. */
const LONGEST_NOTE = 400;
const QUANTITY = /^\+?[0-9]{1,15}$/;

/** The quantities of `--pool`: a total, or with + what comes on top where that is possible. */
export function poolChanges(
  options: ReissueOptions,
  { canAdd }: { readonly canAdd: boolean },
): ReadonlyMap<string, PoolChange> {
  const form = canAdd ? 'POOL=TOTAL or POOL=+MORE' : 'POOL=TOTAL';
  const { pools = {} } = mapped('pools', options.pool, '--pool', form, (text): PoolChange | undefined => {
    if (text === undefined || !QUANTITY.test(text)) return undefined;
    if (!text.startsWith('+')) return { type: 'total', quantity: Number(text) };
    return canAdd && Number(text) > 0 ? { type: 'add', quantity: Number(text) } : undefined;
  });
  return new Map(Object.entries(pools));
}

/** The same where only totals are possible. */
export function poolTotals(options: ReissueOptions): ReadonlyMap<string, number> {
  return new Map([...poolChanges(options, { canAdd: false })].map(([id, { quantity }]) => [id, quantity]));
}

/** Reads what the options name, reissues, writes the file, and says what changes for the customer. */
export async function reissue(
  license: string,
  options: ReissueOptions,
  io: CommandIo,
  work: (vendor: Vendor, request: ReissueRequest) => Promise<ReissuedLicense>,
): Promise<Report> {
  const { productFile, note, out, force = false, acknowledgeClock } = options;
  if (note !== undefined && (note === '' || note.length > LONGEST_NOTE)) {
    const expected = `1 to ${String(LONGEST_NOTE)} characters`;
    throw issuerFault('option-invalid', { where: '--note', expected, actual: show(note) });
  }
  const allowed = mapped('allowed', options.allow, '--allow', 'KIND=FILE', (file) =>
    file === undefined ? undefined : { file },
  );
  const request: ReissueRequest = {
    license,
    ...(productFile === undefined ? {} : readCatalog(productFile, io)),
    identities: readIdentities(allowed, '.'),
    ...(note === undefined ? {} : { note }),
    acknowledgeClock: acknowledgeClock === true,
  };
  if (out !== '-') await requireWritable(out, { force });
  const { issued, preview } = await withVendor(options, io, async (vendor) => {
    const issued = await work(vendor, request);
    return { issued, preview: previewReissue(issued.inForce.claims, issued.file.claims, vendor.now) };
  });
  const { pools, words } = preview;
  const { license: old, revision } = issued.before;
  const isSame = old === issued.file.license;
  return deliverLicense(issued, options, {
    data: {
      ...(isSame ? { supersedes: revision } : { follows: { license: old, revision } }),
      changes: { pools, words },
    },
    notes: [
      isSame ? `supersedes revision ${String(revision)}` : `follows ${old}, whose place it takes on the host`,
      ...(words.length === 0 ? [] : ['what the customer will see:', ...words.map((line) => `  ${line}`)]),
    ],
  });
}
