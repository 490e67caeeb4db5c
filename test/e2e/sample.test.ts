import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGS, guideExamples, prepare } from '../sample/prepare.mjs';
import { makeScratch } from '../support/vendor.js';

const TOOL = fileURLToPath(new URL('../sample/backup-tool.mjs', import.meta.url));
let folder = '';
let data = '';
let count = 0;
beforeAll(async () => {
  folder = await makeScratch();
  await prepare(folder);
});
beforeEach(() => {
  data = join(folder, `data-${(count += 1)}`);
  rmSync(join(folder, 'jobs/copies'), { recursive: true, force: true });
});

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function node(cwd: string, ...argv: readonly string[]): Ran {
  const env = { ACME_DATA: data };
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', cwd, env });
  return { status, stdout, stderr };
}

/** The host command that came with the kit of a catalog. */
const host = (catalog: string, ...argv: readonly string[]): Ran =>
  node(folder, join(folder, 'kits', catalog, 'bin/acme-license.cjs'), ...argv, '--data', data);

/** The sample product, with the kit and the jobs of a catalog. */
const product = (catalog: string, jobs = join(folder, 'jobs', `${catalog}.json`)): Ran =>
  node(folder, TOOL, join(folder, 'kits', catalog), data, jobs);

function install(catalog: string, file: string): void {
  const { status, stdout, stderr } = host(catalog, 'install', file);
  if (status !== 0) throw new Error(stdout + stderr);
}
const licenseOf = (catalog: string, old = ''): string => join(folder, 'licenses', `${catalog}${old}.lic`);

/** The names of the jobs that were done, and the codes of those that were denied. */
function outcomes({ stdout }: Ran): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...stdout.matchAll(/^(done|denied): ([^:,\n]+)(?:, 2 files)?(?:: ([a-z-]+): .*)?$/gm)].map(
      ([, verb, name, code]) => [name!, verb === 'done' ? 'done' : String(code)],
    ),
  );
}
const all = (catalog: string, outcome: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (JSON.parse(readFileSync(join(folder, 'jobs', `${catalog}.json`), 'utf8')) as { name: string }[]).map(
      ({ name }) => [name, outcome],
    ),
  );

/** What the jobs of a catalog come to after the end: its rules, not the tool's. */
const AFTER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // B06: nothing new is backed up, and what was can be restored.
  'mailbox-backup': { restore: 'done' },
  // M08: without end.
  'mailbox-migration': { 'new job': 'done', 'mailbox of Ada': 'done', 'public folders': 'done' },
  'managed-backup': { restore: 'done' },
  'managed-backup-prepaid': { restore: 'done' },
  // E08: an administrator signs in to install a license.
  'endpoint-backup': { administrator: 'done' },
};

describe.each(CATALOGS)('the sample product under %s', (catalog) => {
  it('does what the license allows, and really copies the files', () => {
    install(catalog, licenseOf(catalog));
    const ran = product(catalog);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toMatch(/^license: CF-[0-9A-Z-]{11}, state active\n/);
    // The license of endpoint-backup lists one company's users.
    const stranger = catalog === 'endpoint-backup' ? { 'computer of a stranger': 'identity-not-listed' } : {};
    expect(outcomes(ran)).toEqual({ ...all(catalog, 'done'), ...stranger });
    expect(ran.status).toBe(catalog === 'endpoint-backup' ? 1 : 0);
    const copies = readdirSync(join(folder, 'jobs/copies'));
    expect(copies.length).toBeGreaterThan(1);
    for (const copy of copies) {
      expect(readFileSync(join(folder, 'jobs/copies', copy, 'letters/first.txt'), 'utf8')).toBe('a letter\n');
    }
    expect(copies).not.toContain('eve');
  });

  it('B06, M08, E08: after the term it does what the state expired allows', () => {
    install(catalog, licenseOf(catalog, '.old'));
    const ran = product(catalog);
    expect(outcomes(ran)).toEqual({ ...all(catalog, 'license-expired'), ...AFTER[catalog] });
    expect(ran.status).toBe(catalog === 'mailbox-migration' ? 0 : 1);
  });

  it('goes on without a license as the row of none says', () => {
    const ran = product(catalog);
    const admin = catalog === 'endpoint-backup' ? { administrator: 'done' } : {};
    expect(outcomes(ran)).toEqual({ ...all(catalog, 'license-missing'), ...admin });
    expect(ran.stdout).toContain('license: none, state none\n');
  });

  it('B15: tries what the trial of the kit allows', () => {
    const trial = join(folder, 'kits', catalog, 'trial.lic');
    if (!existsSync(trial)) throw new Error('the kit has no trial');
    install(catalog, trial);
    const ran = product(catalog);
    expect(ran.stdout).toMatch(/, state trial\n/);
    // The trial has no features, so there is no legal hold in it; and it lists nobody.
    const hold = catalog === 'endpoint-backup' ? { 'legal hold': 'feature-missing' } : {};
    expect(outcomes(ran)).toEqual({ ...all(catalog, 'done'), ...hold });
    const later = host(catalog, 'status', '--at', '2099-01-01');
    expect(later).toMatchObject({ status: 1 });
    expect(later.stdout).toContain('state trial-expired');
  });

  it('says in its host command what the license is', () => {
    install(catalog, licenseOf(catalog));
    const status = host(catalog, 'status');
    expect(status).toMatchObject({ status: 0, stderr: '' });
    expect(status.stdout).toMatch(
      /^in force: state active\nLicense: {3}CF-[0-9A-Z-]{11}, revision 1, commercial\n/,
    );
    // M10, B17: the link of the catalog.
    expect(status.stdout).toMatch(/Link: +buy: https:\/\//);
  });
});

describe('the sample product', () => {
  it('says how it is called', () => {
    expect(node(folder, TOOL)).toMatchObject({ status: 2, stderr: expect.stringContaining('usage: ') });
  });

  it('stops at an operation that its kit does not have, with the name that was meant', () => {
    const jobs = join(folder, 'wrong.json');
    writeFileSync(jobs, '[{ "name": "x", "operation": "bakcup" }]');
    const { status, stderr } = product('mailbox-backup', jobs);
    expect(status).toBe(1);
    expect(stderr).toContain('expected backup, perhaps, got bakcup');
  });
});

describe('the embedding guide', () => {
  it('has examples of at most ten lines, one for import and one for require', async () => {
    const examples = await guideExamples();
    expect([...examples.keys()]).toEqual(['example.mjs', 'example.cjs']);
    for (const code of examples.values()) expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  });

  it.each([
    ['example.mjs', 'backing up\n', 'license: backup was denied: no license is installed\n'],
    ['example.cjs', 'restoring\n', ''],
  ])('%s runs as it stands', (name, good, said) => {
    const at = join(folder, 'product');
    expect(node(at, name)).toEqual({
      status: 0,
      stdout: `${said}no license is installed; install the license file; its vendor sells it\n`,
      stderr: '',
    });
    install('mailbox-backup', licenseOf('mailbox-backup'));
    expect(node(at, name)).toEqual({ status: 0, stdout: good, stderr: '' });
  });

  it('works with a folder that is moved, as nothing in it names a place', () => {
    install('mailbox-backup', licenseOf('mailbox-backup'));
    const moved = `${data}-moved`;
    cpSync(data, moved, { recursive: true });
    rmSync(data, { recursive: true });
    data = moved;
    expect(node(join(folder, 'product'), 'example.mjs').stdout).toBe('backing up\n');
  });
});
