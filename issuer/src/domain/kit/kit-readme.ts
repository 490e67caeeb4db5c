import type { Product } from '@counterfoil/schemas';
import type { KitNaming } from './kit-names.js';
import type { KitFolderParts } from './kit-parts.js';

/** A question that this product asks: its first operation that counts an identity, else its first. */
function exampleQuestion({ operations, meters }: Product): string {
  const names = Object.entries(operations).map(([operation, { meters: uses = [] }]) => ({
    operation,
    kind: uses.map((meter) => meters?.[meter]?.kind).find((counted) => counted !== undefined),
  }));
  const { operation, kind } = names.find((name) => name.kind !== undefined) ?? names[0] ?? {};
  return kind === undefined
    ? `'${String(operation)}'`
    : `'${String(operation)}', { ids: { ${memberOf(kind)}: id } }`;
}

const memberOf = (id: string): string => (id.includes('-') ? `'${id}'` : id);

/** What a developer has to know of the kit. */
export function kitReadme(parts: KitFolderParts, { packageName, command }: KitNaming): string {
  const { product, trial, root, fingerprint } = parts;
  const rows = [
    [
      '`index.js`, `index.d.ts`',
      'the kit as a module, and the names of operations, kinds, roles, features for the compiler',
    ],
    [`\`${product.id}.kit\``, 'the same kit as a file, for the generic `counterfoil-host --kit`'],
    ...(trial === undefined ? [] : [['`trial.lic`', 'the trial, to be shipped with the product']]),
    [
      `\`bin/${command}.cjs\``,
      'the host command for the customer’s administrator; one file, which needs nothing but Node 20.19',
    ],
  ] as const;
  return `# License kit of ${product.name}

Nothing here is secret. Who can replace these files decides whose licenses count: build them in.

| file | what it is |
|---|---|
${rows.map(([file, what]) => `| ${file} | ${what} |\n`).join('')}
\`\`\`js
import { openLicense } from '@counterfoil/verifier/node';
import { kit } from '${packageName}';

const license = openLicense({ kit, dataDir });
const decision = license.check(${exampleQuestion(product)});
\`\`\`

The vendor makes it again with \`counterfoil catalog kit PRODUCT.yaml --out DIR --force\`, after every change of the product document.
Trust root ${String(root)}, fingerprint \`${fingerprint}\`: \`${command} inspect\` prints the same.
`;
}
