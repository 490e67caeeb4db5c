import type { OutputFile } from '../../register/write-folder.js';
import { namesOfKit, namesSource, namesTypes, type KitNaming } from './kit-names.js';
import type { KitFolderParts } from './kit-parts.js';
import { kitReadme } from './kit-readme.js';

/** The folder of a kit. */
export interface KitFolder extends KitNaming {
  readonly files: readonly OutputFile[];
}

/** A text as JavaScript that a reviewer can read line by line. */
function textSource(text: string): string {
  const lines = text.split(/(?<=\n)/).map((line) => `  ${JSON.stringify(line)},\n`);
  return `[\n${lines.join('')}].join('')`;
}

function commandSource({ kit, hostBundle, product }: KitFolderParts, { command }: KitNaming): string {
  return [
    '#!/usr/bin/env node\n',
    `// ${command}: the Counterfoil host command (Apache-2.0) with the kit of ${product.id}, catalog ${String(product.catalog)}, built in.\n`,
    hostBundle,
    `module.exports.run({ name: '${command}', kit: ${textSource(kit)} });\n`,
  ].join('');
}

function packageJson(
  parts: KitFolderParts,
  { packageName, command }: KitNaming,
  files: readonly string[],
): string {
  const { vendor, product, version, root, fingerprint } = parts;
  const content = {
    name: packageName,
    version: `${String(product.catalog)}.0.0`,
    description: `License kit of ${product.name}`,
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    sideEffects: false,
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
    bin: { [command]: `bin/${command}.cjs` },
    files,
    peerDependencies: { '@counterfoil/verifier': `^${version}` },
    counterfoil: { vendor, product: product.id, catalog: product.catalog, root, fingerprint },
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Lays out the folder that a vendor's developers take into their build; nothing is signed or written here. */
export function buildKitFolder(parts: KitFolderParts): KitFolder {
  const { vendor, product, kit, trial } = parts;
  const names = namesOfKit(vendor, product.id, parts.command);
  const kitName = `${product.id}.kit`;
  const program = `bin/${names.command}.cjs`;
  const trialFile = trial === undefined ? [] : [{ name: 'trial.lic', text: trial }];
  const listed: readonly OutputFile[] = [
    { name: 'README.md', text: kitReadme(parts, names) },
    { name: program, text: commandSource(parts, names), executable: true },
    { name: 'index.d.ts', text: namesTypes(product) },
    { name: 'index.js', text: `export const kit = ${textSource(kit)};\n${namesSource(product)}` },
    { name: kitName, text: kit },
    ...trialFile,
  ];
  const own = packageJson(
    parts,
    names,
    listed.map(({ name }) => name),
  );
  return { ...names, files: [...listed, { name: 'package.json', text: own }] };
}
