import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { AccountDesk } from '../domain/accounts/account-desk.js';
import { inviteAccount, type Invitation } from '../domain/accounts/invite-account.js';
import { acceptLink, openLink } from '../domain/accounts/link.js';
import { Tries } from '../domain/accounts/tries.js';
import { openPortalSecret } from '../portal/secret-file.js';
import { openStore } from '../register/open-store.js';
import { REGISTER_FILE } from '../register/vendor-folder.js';
import type { CommandIo } from './command-io.js';
import { makeDemoVendor } from './demo-vendor.js';
import { main } from './run.js';

/** What the demo of the portal works with. */
export interface DemoPortal {
  /** An empty folder. */
  readonly folder: string;
  readonly passphraseFile: string;
  readonly io: CommandIo;
  readonly tell: (...lines: readonly string[]) => void;
  /** The terminal at which somebody may ask for the next codes; none in a script. */
  readonly terminal?: NodeJS.ReadStream;
}

const PEOPLE: readonly Invitation[] = [
  { email: 'admin@demo.example', name: 'Demo Administrator', role: 'admin' },
  { email: 'ada@harbour.example', name: 'Ada of Harbour Trading', role: 'owner', customer: 'C-1001' },
];

/** Somebody who can sign in, and the codes of the authenticator. */
interface DemoPerson {
  readonly email: string;
  readonly totp: TOTP;
}

const totpOf = (secret: Uint8Array): TOTP =>
  new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });

/** Invites somebody and follows the link, as that person would in a browser. */
async function enrol(desk: AccountDesk, invitation: Invitation, password: string): Promise<DemoPerson> {
  const { token } = await inviteAccount(desk, invitation);
  const totp = totpOf((await openLink(desk, token)).totp);
  // The step before, so that the first code that is printed has not been used.
  const code = totp.generate({ timestamp: (desk.now - 30) * 1000 });
  await acceptLink(desk, token, { password, code });
  return { email: invitation.email, totp };
}

async function enrolAll(
  vendorFolder: string,
  io: CommandIo,
  password: string,
): Promise<readonly DemoPerson[]> {
  const { random, actor } = io;
  const secret = await openPortalSecret(vendorFolder, random);
  const store = await openStore({ path: join(vendorFolder, REGISTER_FILE) });
  try {
    const desk: AccountDesk = {
      accounts: store.accounts,
      now: io.now(),
      random,
      secret,
      tries: new Tries(store.accounts),
      actor,
    };
    const people: DemoPerson[] = [];
    for (const invitation of PEOPLE) people.push(await enrol(desk, invitation, password));
    return people;
  } finally {
    await store.close();
  }
}

/** Opens the portal on a vendor of some age, and tells how to sign in; ends when the program is stopped. */
export async function openDemoPortal(demo: DemoPortal): Promise<void> {
  const { folder, passphraseFile, io, tell, terminal } = demo;
  tell(
    '',
    '9. The portal, on a vendor with customers and licenses in every state',
    '   (made now, by really issuing them)',
  );
  const vendorFolder = await makeDemoVendor(folder, io, passphraseFile);
  const password = Buffer.from(io.random(12)).toString('base64url');
  const people = await enrolAll(vendorFolder, io, password);
  const tellCodes = (): void => {
    for (const { email, totp } of people) {
      tell(
        `   ${email.padEnd(22)} password ${password}  code ${totp.generate({ timestamp: io.now() * 1000 })}`,
      );
    }
  };
  tell('', '   To sign in, as vendor staff or as a customer (a code is good for a minute,', '   and once):');
  tellCodes();
  tell(`   Files to upload: ${join(folder, 'customer-1.lic')} to customer-9.lic`);
  const lines = terminal === undefined ? undefined : createInterface({ input: terminal });
  if (lines === undefined) tell('   Ctrl+C ends it.', '');
  else tell('   Enter prints new codes, Ctrl+C ends it.', '');
  lines?.on('line', tellCodes);
  const args = ['--dir', vendorFolder, '--passphrase-file', passphraseFile, '--port', '0'];
  const { stopped } = io;
  const exit = await main(['portal', ...args], { ...io, ...(stopped === undefined ? {} : { stopped }) });
  lines?.close();
  if (exit !== 0) throw new Error(`the portal ended with ${String(exit)}`);
}
