// Writes a kit, a good license and a tampered one into a folder. Usage: node air-gap-fixture.mjs FOLDER
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSigning } from './load-signing.mjs';

const folder = process.argv[2];
const { goodFile, kitFile, makeVendor, NOW, productOf, signCompact, tamper } = await loadSigning(folder);

const vendor = makeVendor();
const good = goodFile(vendor);
const write = (name, text) => writeFileSync(join(folder, name), text);
write('good.lic', good);
write('tampered.lic', tamper(good));
write('acme.kit', kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())));
write('at', new Date(NOW * 1000).toISOString().replace('.000Z', 'Z'));
