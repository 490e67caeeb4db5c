import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Bundle {
  readonly text: string;
  readonly bytes: number;
  /** Size under gzip, level 9. */
  readonly gzipped: number;
}

/** Bundles and minifies an entry for a browser, as a product's page would. */
export async function bundleFor(contents: string, format: 'esm' | 'iife'): Promise<Bundle> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: `${ROOT}/verifier`, loader: 'ts' },
    bundle: true,
    minify: true,
    format,
    ...(format === 'iife' ? { globalName: 'counterfoil' } : {}),
    platform: 'browser',
    target: 'es2022',
    conditions: ['source'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  });
  const { contents: bytes, text } = outputFiles[0]!;
  return { text, bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

/** What a page needs of the core to decide on a license. */
export const CORE_ENTRY = `export { isGood, openTrust, verifyLicense } from './src/core/index.ts';`;
/** The same with the engine that a page needs for it. */
export const BROWSER_ENTRY = `${CORE_ENTRY}\nexport { portableEngine } from './src/portable/index.ts';`;
/** And with the explanation of every rule. */
export const EXPLAIN_ENTRY = `${BROWSER_ENTRY}\nexport { explainLicense } from './src/core/index.ts';`;
