import type * as fs from 'node:fs/promises';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatKeyFile, generateKeyPair, readKeyFile, writeKeyFile, type KeyFile } from '@counterfoil/keys';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { sealed, temporaryFolders } from './fixture.js';

const faults = vi.hoisted(() => ({ link: undefined as string | undefined, sync: false }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    open: async (...args: Parameters<typeof fs.open>) => {
      const handle = await real.open(...args);
      if (faults.sync) {
        handle.sync = () => Promise.reject(Object.assign(new Error('disk fault'), { code: 'EIO' }));
      }
      return handle;
    },
    link: async (from: string, to: string) => {
      if (faults.link === undefined) return real.link(from, to);
      throw Object.assign(new Error('no links here'), { code: faults.link });
    },
  };
});

const posix = process.platform !== 'win32';
const newFolder = temporaryFolders();
let file: KeyFile;
let other: KeyFile;

beforeAll(async () => {
  file = await sealed(await generateKeyPair());
  other = await sealed(await generateKeyPair());
});

describe('writing a key file', () => {
  it('leaves one file that only its owner may read', async () => {
    const folder = await newFolder();
    const path = join(folder, 'a.key.json');
    await writeKeyFile(path, file);
    expect(await readdir(folder)).toEqual(['a.key.json']);
    expect(await readKeyFile(path)).toEqual(file);
    if (posix) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each([undefined, 'EPERM', 'ENOTSUP'])('never replaces a file (links: %s)', async (fault) => {
    faults.link = fault;
    const folder = await newFolder();
    const path = join(folder, 'a.key.json');
    await writeKeyFile(path, file);
    await expect(writeKeyFile(path, other)).rejects.toThrowCode('file-exists');
    expect(await readdir(folder)).toEqual(['a.key.json']);
    expect(await readKeyFile(path)).toEqual(file);
    faults.link = undefined;
  });

  it('lets one of many writers win', async () => {
    const path = join(await newFolder(), 'a.key.json');
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => writeKeyFile(path, index % 2 === 0 ? file : other)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect([file, other]).toContainEqual(await readKeyFile(path));
  });

  it('says when it cannot, and leaves nothing behind', async () => {
    const folder = await newFolder();
    const nowhere = writeKeyFile(join(folder, 'missing', 'a.key.json'), file);
    await expect(nowhere).rejects.toThrowCode('file-unwritable');
    faults.link = 'EIO';
    await expect(writeKeyFile(join(folder, 'a.key.json'), file)).rejects.toThrowCode('file-unwritable');
    faults.link = undefined;
    faults.sync = true;
    await expect(writeKeyFile(join(folder, 'a.key.json'), file)).rejects.toThrowCode('file-unwritable');
    faults.sync = false;
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('reading a key file', () => {
  it.runIf(posix).each([0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777])(
    'refuses mode %o',
    async (mode) => {
      const path = join(await newFolder(), 'a.key.json');
      await writeKeyFile(path, file);
      await chmod(path, mode);
      const read = readKeyFile(path);
      await expect(read).rejects.toThrowCode('key-file-permissions');
      await expect(read).rejects.toThrow(`expected mode 600, got mode ${mode.toString(8)}`);
    },
  );

  it.runIf(posix)('takes a file that its owner may only read', async () => {
    const path = join(await newFolder(), 'a.key.json');
    await writeKeyFile(path, file);
    await chmod(path, 0o400);
    expect(await readKeyFile(path)).toEqual(file);
  });

  it('says that there is none', async () => {
    const folder = await newFolder();
    await expect(readKeyFile(join(folder, 'a.key.json'))).rejects.toThrowCode('file-unreadable');
    await mkdir(join(folder, 'b.key.json'), { mode: 0o700 });
    await expect(readKeyFile(join(folder, 'b.key.json'))).rejects.toThrowCode('file-unreadable');
  });

  it('notices what is no key file, and names it', async () => {
    const path = join(await newFolder(), 'a.key.json');
    const whole = formatKeyFile(file);
    await writeFile(path, whole.subarray(0, whole.length / 2), { mode: 0o600 });
    const read = readKeyFile(path);
    await expect(read).rejects.toThrowCode('key-file-invalid');
    await expect(read).rejects.toThrow(path);
  });

  it('reads no more than a key file may have', async () => {
    const path = join(await newFolder(), 'a.key.json');
    await writeFile(path, ' '.repeat(1_000_000), { mode: 0o600 });
    await expect(readKeyFile(path)).rejects.toThrowCode('key-file-invalid');
  });
});
