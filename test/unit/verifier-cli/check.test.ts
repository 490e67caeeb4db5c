import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DAY,
  goodFile,
  kitFile,
  makeVendor,
  NOW,
  productOf,
  signCompact,
  tamper,
  type Loose,
} from '../../support/signing.js';
import type { HostIo } from '../../../verifier/src/cli/io.js';
import { makeFolder, run } from './host.js';

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);

const RULES = {
  operations: { backup: { meters: ['mailboxes'] }, restore: { reads: true } },
  kinds: { mailbox: { form: 'mail' } },
  roles: { administrator: {} },
  states: { none: ['restore@administrator'], active: ['backup', 'restore'] },
};
const METERS = { mailboxes: { pools: ['mailboxes'], kind: 'mailbox' } };
const kit = files.put(
  'acme.kit',
  kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf({}, RULES))),
);

let count = 0;
let data = '';
beforeEach(() => {
  data = join(files.path, `data-${(count += 1)}`);
});

const lic = (grant: Loose = {}): string => goodFile(vendor, {}, { ...RULES, meters: METERS, ...grant });
const put = (text: string): string => files.put(`${(count += 1)}.lic`, text);

interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

async function host(argv: readonly string[], now = NOW, change: Partial<HostIo> = {}): Promise<Said> {
  return run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], now, change);
}
async function ask(argv: readonly string[], now = NOW): Promise<{ exit: number; data: any }> {
  const { exit, out } = await host([...argv, '--json'], now);
  return { exit, data: JSON.parse(out) };
}
async function install(text = lic()): Promise<void> {
  const { exit, out, err } = await host(['install', put(text)]);
  if (exit !== 0) throw new Error(out + err);
}

describe('check', () => {
  it('exits by the decision and says what would help', async () => {
    await install();
    const allowed = await host(['check', 'backup']);
    expect(allowed).toMatchObject({ exit: 0, err: '' });
    expect(allowed.out).toBe(
      [
        'allowed: backup, state active',
        'pool Mailboxes: 50; what is used is not counted yet',
        'holds until 2026-09-09T00:00:00Z at the latest',
        '',
      ].join('\n'),
    );
    const denied = await host(['check', 'backup'], NOW + 200 * DAY);
    expect(denied.exit).toBe(1);
    expect(denied.out).toContain('denied: backup, state expired\nlicense-expired: the license has expired\n');
    expect(denied.out).toContain('how: renew the license\n');
  });

  it('answers as data', async () => {
    await install();
    expect(await ask(['check', 'backup'])).toEqual({
      exit: 0,
      data: {
        outcome: 'allowed',
        allowed: true,
        code: 'allowed',
        reason: 'the operation is allowed',
        operation: 'backup',
        state: 'active',
        mode: 'enforce',
        pools: [{ id: 'mailboxes', label: 'Mailboxes', limit: 50 }],
        until: '2026-09-09T00:00:00Z',
      },
    });
    const { exit, data: denied } = await ask(['check', 'backup'], NOW + 200 * DAY);
    expect(exit).toBe(1);
    expect(denied).toMatchObject({ outcome: 'denied', finding: { code: 'license-expired' } });
    expect(denied).not.toHaveProperty('until');
  });

  it('asks for identities and a role', async () => {
    await install(lic({ allowed: { mailbox: { list: ['a@example.com'] } } }));
    const backup = async (...more: readonly string[]): Promise<any> =>
      ask(['check', 'backup', ...more.flatMap((pair) => ['--identity', pair])]);
    expect(await backup('mailbox=A@example.com')).toMatchObject({ exit: 0 });
    expect(await backup('mailbox=b@example.com')).toMatchObject({
      exit: 1,
      data: { code: 'identity-not-listed' },
    });
    expect(await backup('mailbox=nobody')).toMatchObject({
      exit: 2,
      data: { outcome: 'undecided', code: 'identity-form' },
    });
    expect(await backup('user=x')).toMatchObject({ exit: 2, data: { fault: { code: 'identity-kind' } } });
    expect(await backup('mailbox=a@b.c', 'mailbox=b@b.c')).toMatchObject({
      exit: 2,
      data: { fault: { code: 'usage' } },
    });
    expect(await ask(['check', 'restore', '--role', 'administrator'], NOW + 200 * DAY)).toMatchObject({
      exit: 0,
    });
    expect(await ask(['check', 'restore', '--role', 'boss'])).toMatchObject({
      exit: 2,
      data: { fault: { code: 'role-unknown' } },
    });
  });

  it('calls a misspelt operation by its name', async () => {
    await install();
    const { exit, err } = await host(['check', 'bakcup']);
    expect(exit).toBe(2);
    expect(err).toContain('expected backup, perhaps, got bakcup');
    expect(err).toContain('code: operation-unknown\n');
  });

  it('says what an advisory license would deny, and exits 0', async () => {
    await install(lic({ policies: { mode: 'advisory' } }));
    const { exit, out } = await host(['check', 'backup'], NOW + 200 * DAY);
    expect(exit).toBe(0);
    expect(out).toContain(
      'note: it would be denied, if the license did more than advise:\nlicense-expired: ',
    );
  });

  it('says when nothing is installed, and when there is no folder', async () => {
    expect(await ask(['check', 'backup'])).toMatchObject({
      exit: 2,
      data: { fault: { code: 'data-missing' } },
    });
    await install();
    expect(await host(['uninstall'])).toMatchObject({ exit: 0 });
    expect(await ask(['check', 'backup'])).toMatchObject({ exit: 1, data: { code: 'license-missing' } });
  });
});

describe('the license of the surroundings', () => {
  it('goes before the data folder, and nothing is written', async () => {
    const env = { COUNTERFOIL_LICENSE: lic() };
    const said = await host(['check', 'backup'], NOW, { env });
    expect(said).toMatchObject({ exit: 0 });
    expect(
      await host(['check', 'backup'], NOW, { env: { COUNTERFOIL_LICENSE: tamper(lic()) } }),
    ).toMatchObject({
      exit: 1,
    });
    const file = put(lic({ operations: RULES.operations, states: { active: [] } }));
    expect(await host(['check', 'backup', '--license', file], NOW, { env })).toMatchObject({ exit: 1 });
    expect(await host(['check', 'backup', '--license', 'no.lic'], NOW, { env })).toMatchObject({ exit: 2 });
    expect(await host(['status'], NOW)).toMatchObject({ exit: 2 });
  });

  it('counts for explain and status, too', async () => {
    const env = { COUNTERFOIL_LICENSE_FILE: put(lic()) };
    expect(await host(['explain'], NOW, { env })).toMatchObject({ exit: 0 });
    const status = await host(['status'], NOW, { env });
    expect(status).toMatchObject({ exit: 0 });
    expect(status.out).toContain('in force: state active\n');
    expect(
      await host(['status', '--license', put(lic({ kind: 'trial', states: { trial: [] } }))]),
    ).toMatchObject({
      exit: 0,
    });
  });
});

describe('explain', () => {
  it('lists every rule of what is installed, and of an operation', async () => {
    await install();
    const plain = await host(['explain']);
    expect(plain).toMatchObject({ exit: 0, err: '' });
    expect(plain.out).toMatch(/^The license of this host:\nok {3}installed/);
    expect(plain.out).toContain('\nvalid, state active\n');
    const { exit, out } = await host([
      'explain',
      '--operation',
      'backup',
      '--identity',
      'mailbox=a@b.example',
    ]);
    expect(exit).toBe(0);
    expect(out).toContain('\nThe operation backup:\n');
    expect(out).toMatch(/\nok {3}state +LF-9\.5 +the state allows the operation: state active\n/);
    expect(out).toContain('\nbackup is allowed, state active\n');
  });

  it('exits 1 for a license that is over and for a denial', async () => {
    await install();
    const over = await ask(['explain'], NOW + 200 * DAY);
    expect(over).toMatchObject({ exit: 1, data: { outcome: 'not-valid', state: 'expired' } });
    const denied = await host(['explain', '--operation', 'backup'], NOW + 200 * DAY);
    expect(denied.exit).toBe(1);
    expect(denied.out).toContain('backup is denied, state expired\n');
    expect(
      await ask(['explain', '--operation', 'restore', '--role', 'administrator'], NOW + 200 * DAY),
    ).toMatchObject({
      exit: 0,
    });
    const none = await host(['explain']);
    expect(none.exit).toBe(0);
  });

  it.each([
    ['a role without an operation', ['explain', '--role', 'administrator'], 'explain --role'],
    ['an identity without an operation', ['explain', '--identity', 'a=b'], 'explain --identity'],
  ])('refuses %s', async (_, argv, where) => {
    await install();
    const { exit, err } = await host(argv);
    expect(exit).toBe(2);
    expect(err).toContain(where);
    expect(err).toContain('code: usage\n');
  });

  it('refuses options about this host with a file, and inspect two identities', async () => {
    const file = put(lic());
    expect((await host(['explain', file])).err).toContain('explain --data');
    const twice = ['--identity', 'mailbox=a@b.example', '--identity', 'mailbox=b@b.example'];
    expect((await run(['inspect', file, '--kit', kit, ...twice])).err).toContain('inspect --identity');
  });

  it('needs a folder where nothing else gives a license', async () => {
    expect(await host(['explain'])).toMatchObject({ exit: 2 });
  });
});
