// Writes V8's code cache of the bundled command beside it, after it has run. Usage: node cache.cjs BODY LICENSE KIT
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const [node, , body, license, kit] = process.argv;
// The same text as in counterfoil-host.cjs: a cache is for one source.
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(body, 'utf8')}\n})`;
const script = new Script(source, { filename: body });
const judge = [license, '--kit', kit, '--product', 'acme-backup', '--at', '2026-07-01'];
for (const args of [['inspect', ...judge], ['explain', ...judge], ['help']]) {
  process.argv = [node, body, ...args];
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, body, dirname(body));
  bundle.exports.run();
  if (process.exitCode !== 0)
    throw new Error(`expected exit 0 of ${args[0]}, got ${String(process.exitCode)}`);
}
const [version] = process.versions.v8.split('-');
writeFileSync(join(dirname(body), `host.${version}.cache`), script.createCachedData());
