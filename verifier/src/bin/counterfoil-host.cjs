#!/usr/bin/env node
// Starts host.cjs. Where V8's code cache for this version lies beside it, nothing has to be compiled, and a verdict comes
// in two thirds of the time. A cache that does not fit is passed over by V8; without one, host.cjs runs as any file does.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const body = join(__dirname, 'host.cjs');
// Without the suffix of Node's own build: all releases of a major version share the V8 that the cache is for.
const [version] = process.versions.v8.split('-');

function readCache() {
  try {
    return readFileSync(join(__dirname, `host.${version}.cache`));
  } catch {
    return undefined;
  }
}

const cachedData = readCache();
if (cachedData === undefined) {
  require(body).run();
} else {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(body, 'utf8')}\n})`;
  const script = new Script(source, { filename: body, cachedData });
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, body, __dirname);
  bundle.exports.run();
}
