import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@counterfoil/schemas';
import { readFileWithin } from '@counterfoil/verifier/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-files-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('readFileWithin', () => {
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  it.each([0, 1, 65_535, 200_000])('reads %i bytes', (size) => {
    const bytes = Buffer.alloc(size, 7);
    expect(Buffer.from(readFileWithin(file('some', bytes), 200_000)).equals(bytes)).toBe(true);
  });

  it('refuses a byte more than the limit', () => {
    const path = file('more', Buffer.alloc(11));
    expect(readFileWithin(path, 11)).toHaveLength(11);
    expect(() => readFileWithin(path, 10)).toThrowCode('file-too-large');
  });

  it('refuses a huge file by its size, without reading it', () => {
    const path = file('huge', Buffer.alloc(0));
    // sparse: reading it would need more memory than a buffer may have
    truncateSync(path, 100 * 2 ** 30);
    expect(() => readFileWithin(path, limits.file)).toThrowCode('file-too-large');
  });

  it('tells what is wrong with a path', () => {
    expect(() => readFileWithin(join(folder, 'none'), 10)).toThrowCode('file-missing');
    expect(() => readFileWithin(join(file('plain', Buffer.from('a')), 'x'), 10)).toThrowCode('file-missing');
    expect(() => readFileWithin(folder, 10)).toThrowCode('file-is-folder');
    expect(() => readFileWithin(`${folder}/a\0b`, 10)).toThrowCode('file-unreadable');
  });

  it.runIf(existsSync('/proc/self/mem'))('tells of a file that opens but cannot be read', () => {
    expect(() => readFileWithin('/proc/self/mem', 10)).toThrowCode('file-unreadable');
  });

  it.runIf(existsSync('/proc/self/stat'))('reads what has no size, and stops at the limit', () => {
    expect(readFileWithin('/proc/self/stat', 100_000).length).toBeGreaterThan(10);
    expect(() => readFileWithin('/dev/zero', 100_000)).toThrowCode('file-too-large');
  });

  it.runIf(process.platform === 'linux')('reads a pipe', () => {
    const path = join(folder, 'pipe');
    const bytes = Buffer.alloc(150_000, 3);
    const source = file('source', bytes);
    // a shell in the background writes; this side's open waits for it
    execFileSync('sh', ['-c', 'mkfifo "$2"; cat "$1" > "$2" 2>/dev/null &', 'sh', source, path], {
      stdio: 'ignore',
    });
    expect(Buffer.from(readFileWithin(path, 200_000)).equals(bytes)).toBe(true);
  });
});
