import { setTimeout } from 'node:timers/promises';
import { CounterfoilError, show } from '@counterfoil/schemas';
import { issuerFault } from '../../codes.js';
import { inviteFirstAdministrator } from '../../domain/accounts/invite-account.js';
import { spoolSigners } from '../../domain/signing/spool-signer.js';
import type { Vendor } from '../../domain/vendor.js';
import { buildPortal } from '../../portal/build-portal.js';
import { servePortal } from '../../portal/http/serve-portal.js';
import { openPortalSecret, readSharedSecret } from '../../portal/secret-file.js';
import type { CommandIo, Report } from '../command-io.js';
import { printLines } from '../print.js';
import { folderOf, openVendorKeys, withStore, type GlobalOptions, type VendorKeys } from '../session.js';

export interface PortalOptions extends GlobalOptions {
  readonly port: string;
  readonly host: string;
  readonly origin?: string;
  readonly trustProxy?: boolean;
  readonly spool?: string;
  readonly webhookSecret?: string;
  readonly admin?: string;
}

function portOf(typed: string): number {
  if (/^[0-9]{1,5}$/.test(typed) && Number(typed) < 65_536) return Number(typed);
  throw issuerFault('option-invalid', { where: '--port', expected: '0 to 65535', actual: show(typed) });
}

/** Names of this machine, which no network sees. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An origin as browsers write it; without https passwords and sessions may go no further than this machine. */
function originOf(typed: string): string {
  const url = URL.canParse(typed) ? new URL(typed) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (url !== undefined && isSafe && [url.origin, `${url.origin}/`].includes(typed)) return url.origin;
  const expected = 'https:// and a host, or http:// and this machine';
  throw issuerFault('option-invalid', { where: '--origin', expected, actual: show(typed) });
}

/** Signs by the keys of the folder, unlocked here and now, or by a worker behind a folder. */
async function signerOf(
  { spool: folder }: PortalOptions,
  { signer, trust }: VendorKeys,
  io: CommandIo,
): Promise<Vendor['signer']> {
  if (folder !== undefined) {
    const pause = (milliseconds: number): Promise<void> => setTimeout(milliseconds);
    return spoolSigners({ folder, now: io.now, random: io.random, pause }, trust);
  }
  for (const role of ['issuing', 'status'] as const) await signer(role);
  return signer;
}

const faultLine = (error: unknown): string => {
  const code = error instanceof CounterfoilError ? error.code : 'internal';
  return `portal: ${code}: ${error instanceof Error ? error.message.slice(0, 300) : typeof error}`;
};

const untilStopped = (stopped: AbortSignal | undefined): Promise<void> =>
  new Promise((done) => {
    if (stopped?.aborted === true) done();
    else
      stopped?.addEventListener(
        'abort',
        () => {
          done();
        },
        { once: true },
      );
  });

/** `portal`: serves the pages for customers and staff, until it is stopped; then it finishes what is under way. */
export async function portal(options: PortalOptions, io: CommandIo): Promise<Report> {
  const { host, origin: typed, trustProxy = false, webhookSecret: secretFile } = options;
  const port = portOf(options.port);
  const given = typed === undefined ? undefined : originOf(typed);
  const hostName = host.includes(':') ? `[${host}]` : host;
  // Before the passphrase is asked for and anything listens.
  if (given === undefined) originOf(`http://${hostName}:1`);
  const keys = await openVendorKeys(options, io);
  const { facts, trust, roots } = keys;
  const webhookSecret = secretFile === undefined ? undefined : await readSharedSecret(secretFile);
  const secret = await openPortalSecret(folderOf(options, io), io.random);
  const signer = await signerOf(options, keys, io);
  await withStore(options, io, async (store) => {
    let origin = given;
    const { now, random } = io;
    const served = await servePortal({ host, port }, (taken) => {
      origin ??= originOf(`http://${hostName}:${taken}`);
      return buildPortal({
        store,
        vendor: facts,
        desk: (actor) => ({
          id: facts.id,
          trust,
          roots,
          register: store.register,
          signer,
          now: now(),
          random,
          actor,
        }),
        now,
        random,
        secret,
        origin,
        kitTrust: trust,
        trustProxy,
        ...(webhookSecret === undefined ? {} : { webhookSecret }),
        report: (error) => {
          io.err(printLines([faultLine(error)]));
        },
      });
    });
    try {
      const desk = { accounts: store.accounts, now: now(), random, actor: io.actor };
      const first = await inviteFirstAdministrator(desk, options.admin ?? `admin@${facts.id}`);
      io.err(
        printLines([
          `portal of ${facts.name} at ${origin ?? ''}`,
          ...(first === undefined
            ? []
            : [`first administrator (${first.account.email}): ${origin ?? ''}/link/${first.token}`]),
        ]),
      );
      await untilStopped(io.stopped);
    } finally {
      await served.close();
    }
  });
  return { exit: 0, lines: [], data: {} };
}
