// Writes a kit, a good license and a tampered one into a folder. Usage: node air-gap-fixture.mjs FOLDER
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = process.argv[2];
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
const { goodFile, kitFile, makeVendor, NOW, productOf, signCompact, tamper } = await import(
  pathToFileURL(bundle).href
);

const vendor = makeVendor();
const good = goodFile(vendor);
const write = (name, text) => writeFileSync(join(folder, name), text);
write('good.lic', good);
write('tampered.lic', tamper(good));
write('acme.kit', kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())));
write('at', new Date(NOW * 1000).toISOString().replace('.000Z', 'Z'));
