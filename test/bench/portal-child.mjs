// The servers of the portal's bench, in a process of their own: the portal, and bare handlers which do its verification.
import { createServer } from 'node:http';
import { verifyLicense } from '@counterfoil/verifier';
import { nodeEngine } from '@counterfoil/verifier/node';
import { readUpload } from '../../issuer/dist/domain/upload/read-upload.js';
import { buildPortal } from '../../issuer/dist/portal/build-portal.js';
import { servePortal } from '../../issuer/dist/portal/http/serve-portal.js';
import { NOW, openDesk, random } from './portal-fixture.mjs';

const host = '127.0.0.1';
const { store, vendor, first } = await openDesk({ path: process.argv[2] });
const { trust, register } = vendor;

async function serve(answer) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const body = JSON.stringify(await answer(Buffer.concat(chunks)));
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise((done) => server.listen(0, host, done));
  return `http://${host}:${server.address().port}/`;
}

const verifying = await serve((bytes) => {
  const context = { engine: nodeEngine, trust, product: 'mailbox-backup', host: {}, now: NOW };
  return { state: verifyLicense(bytes.toString('utf8'), context).state };
});
const reading = await serve(async (bytes) => {
  const { finding } = await readUpload(register, trust, bytes, NOW);
  return { state: finding.state, standing: finding.standing.type };
});
const rates = { any: 1e9, signIn: 1e9, upload: 1e9 };
const { port } = await servePortal({ host, port: 0 }, (taken) =>
  buildPortal({
    store,
    vendor: { id: vendor.id, name: 'Acme', environment: 'production' },
    desk: (actor) => ({ ...vendor, actor }),
    now: () => NOW,
    random,
    secret: random(32),
    origin: `http://${host}:${taken}`,
    kitTrust: trust,
    rates,
    report: (error) => {
      throw error;
    },
  }),
);
process.send({ portal: `http://${host}:${port}/`, reading, verifying, text: first.text });
process.on('disconnect', () => process.exit());
