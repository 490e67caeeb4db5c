// Writes a kit and license files of several revisions into a folder. Usage: node journal-faults-fixture.mjs FOLDER
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSigning } from './load-signing.mjs';

const folder = process.argv[2];
const { DAY, goodFile, kitFile, makeVendor, NOW, productOf, signCompact } = await loadSigning(folder);

const vendor = makeVendor();
const write = (name, text) => writeFileSync(join(folder, name), text);
// without an end, and begun when it was signed: in force whatever the machine's clock says
const license = (revision, quantity) =>
  goodFile(
    vendor,
    { exp: undefined, nbf: NOW - 10 * DAY },
    {
      revision,
      term: { type: 'perpetual' },
      pools: { mailboxes: { lots: [{ id: 'lot-1', quantity }] } },
    },
  );
write('1.lic', license(1, 50));
write('2.lic', license(2, 60));
write('2b.lic', license(2, 70));
write('acme.kit', kitFile([vendor.root], signCompact(vendor.issuing, 'product', productOf())));
