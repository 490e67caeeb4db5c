// Writes src/generated/<name>.ts for every json/<name>.schema.json; with --check it only compares.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

const SUFFIX = '.schema.json';
const schemaFolder = new URL('../json/', import.meta.url);
const outputFolder = new URL('../src/generated/', import.meta.url);

const listFolder = async (folder, suffix) => {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(suffix)).sort();
};

const toPascalCase = (name) =>
  name.replace(/(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/gu, (_, __, letter) => letter.toUpperCase());

// A published schema may leave an object open. The reader refuses unknown members either way, and an index
// signature would let a misspelt member pass the compiler, so open objects are closed for the types.
const closeObjects = (node) => {
  if (Array.isArray(node)) return node.map(closeObjects);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, LITERALS.has(key) ? value : closeObjects(value)]),
  );
  if (copy.additionalProperties === true) copy.additionalProperties = false;
  delete copy.unevaluatedProperties;
  return copy;
};
const LITERALS = new Set(['const', 'enum', 'default', 'examples']);

const readSchema = async (path) => closeObjects(JSON.parse(await readFile(path, 'utf8')));

const generate = async (file) => {
  const name = file.slice(0, -SUFFIX.length);
  const rootName = toPascalCase(name);
  const schema = await readSchema(new URL(file, schemaFolder));
  // the root type is named after the file, whatever the schema's address or title say
  delete schema.$id;
  delete schema.title;
  // a file of nothing but shared definitions: these are wanted, and there is no root
  const shared = !ROOT_KEYWORDS.some((keyword) => keyword in schema);
  const text = await compile(schema, rootName, {
    additionalProperties: false,
    bannerComment: `// generated from json/${file} by npm run types; do not edit`,
    cwd: fileURLToPath(schemaFolder),
    format: false,
    // else "at most 16 items" becomes a union of 16 tuples
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: shared,
    $refOptions: { resolve: { file: { read: async ({ url }) => JSON.stringify(await readSchema(url)) } } },
  });
  const path = fileURLToPath(new URL(`${name}.ts`, outputFolder));
  const options = (await resolveConfig(path, { editorconfig: false })) ?? {};
  const formatted = await format(shared ? dropRoot(text, rootName) : text, {
    ...options,
    parser: 'typescript',
  });
  return [`${name}.ts`, formatted];
};
const ROOT_KEYWORDS = ['type', 'properties', 'oneOf', 'anyOf', 'allOf', '$ref', 'enum', 'const'];

const dropRoot = (text, rootName) => {
  const root = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[^])*\\*/\\s*)?export (interface ${rootName} \\{[^}]*\\}|type ${rootName} = [^;]*;?)`,
    'u',
  );
  if (!root.test(text)) throw new Error(`expected a root type ${rootName} to leave out`);
  return text.replace(root, '');
};

const files = await listFolder(schemaFolder, SUFFIX);
const wanted = new Map(await Promise.all(files.map(generate)));
const found = await listFolder(outputFolder, '.ts');
const readOutput = (name) => readFile(new URL(name, outputFolder), 'utf8').catch(() => undefined);

const differing = [];
for (const [name, text] of wanted) if ((await readOutput(name)) !== text) differing.push(name);
for (const name of found) if (!wanted.has(name)) differing.push(name);

if (process.argv.includes('--check')) {
  for (const name of differing)
    process.stderr.write(`schemas/src/generated/${name} differs from its schema: npm run types\n`);
  process.stdout.write(`types: ${wanted.size} schemas, ${differing.length} files differ\n`);
  process.exitCode = differing.length === 0 ? 0 : 1;
} else {
  if (wanted.size > 0) await mkdir(outputFolder, { recursive: true });
  for (const name of differing) {
    const text = wanted.get(name);
    if (text === undefined) await rm(new URL(name, outputFolder));
    else await writeFile(new URL(name, outputFolder), text);
  }
  process.stdout.write(`types: ${wanted.size} schemas, ${differing.length} files written or removed\n`);
}
