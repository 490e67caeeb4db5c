import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The tests' own signing, bundled into a folder, so that a plain script can use it without a build. */
export async function loadSigning(folder) {
  const bundle = join(folder, 'signing.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../support/signing.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(bundle).href);
}
