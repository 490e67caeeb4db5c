import { show, type TrustRoot } from '@counterfoil/schemas';
import { vendorIdOf } from '../vendor-id.js';
import { issuerFault } from '../../codes.js';
import { initVendor, requireNewFolder } from '../../domain/init-vendor.js';
import type { CommandIo, Report } from '../command-io.js';
import { folderOf, passphraseReader, placeOf, type GlobalOptions } from '../session.js';

export interface InitOptions extends GlobalOptions {
  readonly vendor: string;
  readonly name?: string;
  readonly environment: string;
  readonly threshold: string;
  readonly rootKeys: string;
}

function wholeNumber(typed: string, flag: string): number {
  if (!/^[1-9][0-9]?$/.test(typed)) {
    throw issuerFault('option-invalid', {
      where: flag,
      expected: 'a number from 1 to 16',
      actual: show(typed),
    });
  }
  return Number(typed);
}

function environmentOf(typed: string): TrustRoot['environment'] {
  if (typed === 'production' || typed === 'test') return typed;
  throw issuerFault('option-invalid', {
    where: '--environment',
    expected: 'production or test',
    actual: show(typed),
  });
}

/** `init`: makes a vendor folder, and says what to do with the spare root key. */
export async function init(options: InitOptions, io: CommandIo): Promise<Report> {
  const folder = folderOf(options, io);
  const id = vendorIdOf(options.vendor);
  const environment = environmentOf(options.environment);
  const threshold = wholeNumber(options.threshold, '--threshold');
  const rootKeys = wholeNumber(options.rootKeys, '--root-keys');
  // Before anybody thinks of a passphrase.
  await requireNewFolder(folder);
  const passphrase = await passphraseReader(options, io, true)();
  const name = options.name ?? id;
  const facts = { id, name, environment };
  const place = placeOf(options, io);
  const made = await initVendor({
    ...facts,
    folder,
    threshold,
    rootKeys,
    passphrase,
    now: io.now(),
    actor: io.actor,
    ...(io.scryptCost === undefined ? {} : { scryptCost: io.scryptCost }),
    ...('url' in place ? { database: place.url } : {}),
  });
  const spare = rootKeys > threshold ? `keys/root-${String(rootKeys)}.key.json` : undefined;
  return {
    exit: 0,
    lines: [],
    data: { ...facts, folder, threshold, rootKeys, ...made, ...(spare === undefined ? {} : { spare }) },
    notes: [
      `vendor ${id} (${environment}) made in ${folder}`,
      `keys: ${made.keys.join(', ')}`,
      `trust root 1: ${String(threshold)} of ${String(rootKeys)} root keys must sign the next one`,
      `fingerprint of the root: ${made.fingerprint}`,
      '',
      ...(spare === undefined
        ? ['There is no spare root key: if one is lost, the trust root can never be changed again.']
        : [
            `${spare} is the spare: copy it to a medium that you keep offline, for example in a`,
            'safe, and delete it here. You need it only if another root key is lost.',
          ]),
      'The keys are encrypted: without the passphrase they are lost. Back up this folder.',
    ],
  };
}
