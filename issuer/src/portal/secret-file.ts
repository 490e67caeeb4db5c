import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keysFault } from '@counterfoil/keys';
import { CounterfoilError, decodeBase64url, encodeBase64url } from '@counterfoil/schemas';
import { issuerFault } from '../codes.js';
import type { RandomBytes } from '../domain/random.js';
import { writeOutput } from '../register/write-output.js';

/** The name of the portal's secret in the vendor folder. */
const SECRET_FILE = 'portal.secret';
const SECRET_BYTES = 32;
/** Characters of a secret that people agree on with a shop. */
const SHORTEST_SHARED = 32;

/** The first line of a file that the owner alone may read; throws `portal-secret`, `key-file-permissions`. */
async function readSecretLine(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw keysFault('key-file-permissions', {
        where: path,
        expected: 'mode 600',
        actual: (mode & 0o777).toString(8),
      });
    }
    return (await readFile(path, 'utf8')).split('\n')[0]?.trim();
  } catch (cause) {
    if (cause instanceof CounterfoilError) throw cause;
    const code = String((cause as NodeJS.ErrnoException).code);
    if (code === 'ENOENT') return undefined;
    throw issuerFault('portal-secret', { where: path, actual: code, cause });
  }
}

/**
 * The portal's secret: 32 bytes in the vendor folder, made at the first start. Portals that share a database share it.
 *
 * Throws `portal-secret`, `key-file-permissions`, `output-unwritable`.
 */
export async function openPortalSecret(folder: string, random: RandomBytes): Promise<Uint8Array> {
  const path = join(folder, SECRET_FILE);
  const line = await readSecretLine(path);
  if (line === undefined) {
    const made = random(SECRET_BYTES);
    await writeOutput(path, `${encodeBase64url(made)}\n`, { force: false, isPrivate: true });
    return made;
  }
  // What it was is not said: a message must not carry a secret, not even a broken one.
  const broken = (): Error =>
    issuerFault('portal-secret', { where: path, expected: '32 bytes in base64url' });
  if (!/^[A-Za-z0-9_-]{43}$/.test(line)) throw broken();
  try {
    return decodeBase64url(line, path);
  } catch {
    throw broken();
  }
}

/** The secret that a shop signs with: the first line of a file, as text; throws `portal-secret`, `key-file-permissions`. */
export async function readSharedSecret(path: string): Promise<Uint8Array> {
  const line = await readSecretLine(path);
  if (line !== undefined && line.length >= SHORTEST_SHARED) return new TextEncoder().encode(line);
  const expected = `a first line of ${SHORTEST_SHARED} characters or more`;
  throw issuerFault('portal-secret', {
    where: path,
    expected,
    actual: line === undefined ? 'no file' : 'less',
  });
}
