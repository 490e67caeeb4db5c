import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FORBIDDEN = ['jose', 'ajv', 'yaml', 'tweetnacl'];

interface Graph {
  /** Files, from the root folder. */
  readonly files: readonly string[];
  /** Packages and builtins that are not followed. */
  readonly outside: readonly string[];
}

/** What the text of a built module asks for, however it asks. */
function specifiersOf(text: string): string[] {
  // a word before the quote keeps `from '` in a message from counting
  const pattern =
    /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\b(?:import|require|getBuiltinModule)\s*\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

/** Follows the imports of a built module; our own packages by what their package.json exports. */
function walk(entry: string, root: string = ROOT): Graph {
  const files = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of specifiersOf(readFileSync(file, 'utf8'))) {
      if (name.startsWith('.')) visit(fileURLToPath(new URL(name, pathToFileURL(file))));
      else if (name.startsWith('@counterfoil/')) {
        const [, workspace = '', ...sub] = name.split('/');
        const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
        const target = manifest.exports[sub.length === 0 ? '.' : `./${sub.join('/')}`].default as string;
        visit(join(root, workspace, target));
      } else outside.add(isBuiltin(name) && !name.startsWith('node:') ? `node:${name}` : name);
    }
  };
  visit(join(root, entry));
  return { files: [...files].map((file) => relative(root, file)), outside: [...outside] };
}

beforeAll(() => {
  const { status, stdout } = spawnSync(process.execPath, [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    '-b',
    join(ROOT, 'verifier'),
  ]);
  if (status !== 0) throw new Error(`the verifier does not compile: ${String(stdout)}`);
}, 120_000);

describe('the built verifier core', () => {
  it('reaches nothing outside of itself and the schemas', () => {
    const { files, outside } = walk('verifier/dist/core/index.js');
    expect(outside).toEqual([]);
    // an empty walk would reach nothing either
    expect(files).toEqual(
      expect.arrayContaining(['verifier/dist/core/verify/genuine.js', 'schemas/dist/codec/jws.js']),
    );
    expect(files.filter((file) => !/^(verifier\/dist\/core|schemas\/dist)\//.test(file))).toEqual([]);
  });

  it('holds nothing that could sign, or reach out', () => {
    for (const file of walk('verifier/dist/core/index.js').files) {
      const text = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
      expect(text, file).not.toMatch(/\b(sign|createSign|generateKeyPair\w*|privateKey)\s*\(|\bsubtle\b/);
      expect(text, file).not.toMatch(/\b(fetch|XMLHttpRequest|WebSocket|eval|Function)\s*\(|\bprocess\./);
      expect(text, file).not.toMatch(/['"`]node:/);
    }
  });
});

describe('the other entries', () => {
  it('portable reaches tweetnacl and nothing else', () => {
    expect(walk('verifier/dist/portable/index.js').outside).toEqual(['tweetnacl']);
  });

  it('node reaches builtins and no package', () => {
    const { outside } = walk('verifier/dist/node/index.js');
    expect(outside).toContain('node:crypto');
    expect(outside.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(outside).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^node:(net|http|https|dns|tls|dgram|http2)$/)]),
    );
  });
});

describe('the walk', () => {
  const root = mkdtempSync(join(tmpdir(), 'counterfoil-graph-'));
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const put = (path: string, text: string): void => {
    if (!existsSync(dirname(join(root, path)))) mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('schemas/package.json', JSON.stringify({ exports: { '.': { default: './dist/index.js' } } }));

  it.each([
    ...FORBIDDEN.map((name) => [name, `import { x } from '${name}';`]),
    ['node:crypto', `import 'crypto';`],
    ['node:fs', `export * from 'node:fs';`],
    ['node:net', `const net = await import('node:net');`],
    ['node:http', `const http = require("http");`],
    ['node:dns', `process.getBuiltinModule('node:dns');`],
    ['tweetnacl', `import {\n  a,\n  b,\n} from 'tweetnacl';`],
  ])('notices %s two files away: %s', (name, statement) => {
    put(
      'verifier/dist/core/index.js',
      `export { a } from './deep/a.js';\nconst text = "taken from 'nothing'";`,
    );
    put('verifier/dist/core/deep/a.js', `import { b } from '@counterfoil/schemas';\nexport const a = b;`);
    put('schemas/dist/index.js', `${statement}\nexport const b = 1;`);
    expect(walk('verifier/dist/core/index.js', root)).toEqual({
      files: ['verifier/dist/core/index.js', 'verifier/dist/core/deep/a.js', 'schemas/dist/index.js'],
      outside: [name],
    });
  });
});
