import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as SideFile from '../../../verifier/src/node/side-file.js';
import { openJournalToAppend } from '../../../verifier/src/node/journal/journal.js';
import {
  DAY,
  goodFile,
  kitFile,
  makeVendor,
  NOW,
  productOf,
  signCompact,
  type Loose,
} from '../../support/signing.js';
import { makeFolder, run } from '../verifier-cli/host.js';

const between = vi.hoisted(() => ({ step: undefined as (() => void) | undefined }));
// A license file is laid down between the plan and the line: that is where another writer gets in.
vi.mock('../../../verifier/src/node/side-file.js', async (importOriginal) => {
  const original = await importOriginal<typeof SideFile>();
  return {
    ...original,
    writeSideFile: (path: string, bytes: Uint8Array) => {
      original.writeSideFile(path, bytes);
      between.step?.();
    },
  };
});

const vendor = makeVendor();
const files = makeFolder();
afterAll(files.remove);
const kit = files.put(
  'acme.kit',
  kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())),
);
let data = '';
let count = 0;
beforeEach(() => {
  data = join(files.path, `data-${(count += 1)}`);
  between.step = undefined;
});
const lic = (grant: Loose = {}, change: Loose = {}): string =>
  files.put(
    `${(count += 1)}.lic`,
    goodFile(vendor, { jti: Buffer.alloc(16, count).toString('base64url'), ...change }, grant),
  );
const host = (argv: readonly string[], now = NOW): ReturnType<typeof run> =>
  run([argv[0]!, '--kit', kit, '--data', data, ...argv.slice(1)], now);

describe('an install that is overtaken', () => {
  it('between its plan and its line is void, and says so', async () => {
    await host(['install', lic()]);
    const newest = lic({ revision: 3 });
    between.step = () => {
      between.step = undefined;
      const journal = openJournalToAppend(data);
      journal.append([
        {
          kind: 'install',
          at: NOW,
          product: 'backup',
          license: 'a'.repeat(64),
          id: 'CF-7K2M-94QX-3',
          revision: 3,
          type: 'commercial',
          from: 0,
          undo: 3,
        },
      ]);
      journal.close();
    };
    const late = await host(['install', lic({ revision: 2 })]);
    expect(late).toMatchObject({ exit: 2, out: '' });
    expect(late.err).toContain('code: install-overtaken');
    expect(late.err).toContain('revision 3 of CF-7K2M-94QX-3');
    // what the other one installed holds, and nothing of the late one
    expect((await host(['status'])).err).toContain('code: license-lost');
    expect((await host(['install', newest])).exit).toBe(0);
    expect((await host(['status'])).out).toContain('revision 3');
  });
});

describe('what changes later', () => {
  const lots = (...lots: readonly Loose[]): Loose => ({
    pools: { mailboxes: { label: 'Mailboxes', lots: lots.map((lot, i) => ({ id: `lot-${i}`, ...lot })) } },
  });
  const turn = NOW + 50 * DAY - 7200;

  it('is listed with its day and zone: fewer from the new term on', async () => {
    await host(['install', lic(lots({ quantity: 100 }))]);
    const renewal = lic({
      revision: 2,
      ...lots({ quantity: 100, until: turn }, { quantity: 80, from: turn }),
    });
    for (const command of ['preview', 'install']) {
      const { out } = await host([command, renewal]);
      expect(out).toContain('  pool Mailboxes (mailboxes): 100 → 80 (-20) from 2026-07-21 (Europe/Vienna)\n');
    }
  });

  it('is not told again where the license before said the same, nor at the end of all', async () => {
    const turning = lots(
      { quantity: 100, until: turn },
      { quantity: 80, from: turn, until: NOW + 114 * DAY },
    );
    await host(['install', lic(turning)]);
    const { out } = await host(['preview', lic({ revision: 2, ...turning })]);
    expect(out).not.toContain('pool');
    const other = await host([
      'preview',
      lic({ revision: 2, ...lots({ quantity: 100 }, { quantity: 5, from: turn }) }),
    ]);
    expect(other.out.match(/ {2}pool .*/g)).toEqual([
      '  pool Mailboxes (mailboxes): 100 → 105 (+5) from 2026-07-21 (Europe/Vienna)',
    ]);
  });

  it('counts from the beginning of a preloaded license, and once for lots that follow each other', async () => {
    await host(['install', lic(lots({ quantity: 100 }))]);
    const later = NOW + 80 * DAY;
    const next = lic(
      {
        revision: 2,
        ...lots(
          { quantity: 1, until: turn - DAY },
          { quantity: 60, until: later },
          { quantity: 60, from: later, until: later + DAY },
          { quantity: 90, from: later + DAY },
        ),
      },
      { nbf: turn },
    );
    expect((await host(['preview', next])).out.match(/ {2}pool .*/g)).toEqual([
      '  pool Mailboxes (mailboxes): 100 → 60 (-40)',
      '  pool Mailboxes (mailboxes): 60 → 90 (+30) from 2026-08-21 (Europe/Vienna)',
    ]);
  });
});
