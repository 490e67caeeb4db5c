import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file that pages load: its address changes with its content, so that it may be kept for long. */
interface PortalAsset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
}

/** The files that every page loads. */
export interface PortalAssets {
  readonly pico: PortalAsset;
  readonly style: PortalAsset;
  readonly script: PortalAsset;
  readonly icon: PortalAsset;
}

const require = createRequire(import.meta.url);
/** Beside `src` and `dist` alike, which are as deep as each other. */
const own = (name: string): string => fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));

function readAsset(name: string, ending: string, type: string, file: string): PortalAsset {
  const bytes = readFileSync(file);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  return { path: `/assets/${name}-${hash}.${ending}`, type, bytes, gzipped: gzipSync(bytes, { level: 9 }) };
}

/** Reads the stylesheets, the script and the icon of the pages, once for a portal. */
export function readPortalAssets(): PortalAssets {
  return {
    pico: readAsset('pico', 'css', 'text/css', require.resolve('@picocss/pico/css/pico.min.css')),
    style: readAsset('portal', 'css', 'text/css', own('portal.css')),
    script: readAsset('portal', 'mjs', 'text/javascript', own('portal.mjs')),
    icon: readAsset('icon', 'svg', 'image/svg+xml', own('icon.svg')),
  };
}
