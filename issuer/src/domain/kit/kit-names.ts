import type { Product } from '@counterfoil/schemas';

/** The names that a kit has in the vendor's build and on the customer's host. */
export interface KitNaming {
  /** The npm package. */
  readonly packageName: string;
  /** The host command. */
  readonly command: string;
}

/** A vendor's id as it may stand in other names: `acme` of `acme.example`. */
const shortOf = (vendor: string): string => vendor.split('.')[0] as string;

/** The names of a kit, unless the command is to have another. */
export function namesOfKit(vendor: string, product: string, command?: string): KitNaming {
  const short = shortOf(vendor);
  return {
    packageName: `@${short}/${product}-license-kit`,
    command: command ?? `${short}-license`,
  };
}

/** Whether a command can have this name on every system. */
export function isCommandName(name: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 64;
}

/** The members of a product whose names a compiler can check: type, constant where there is one, and member. */
const NAMED = [
  { type: 'Operation', list: 'operations' },
  { type: 'Kind', list: 'kinds' },
  { type: 'Role', list: 'roles' },
  { type: 'Feature', list: 'features' },
  { type: 'Pool', list: 'pools' },
  { type: 'Meter', list: 'meters' },
] as const;

const idsOf = (product: Product, list: (typeof NAMED)[number]['list']): readonly string[] =>
  Object.keys(product[list] ?? {});

// Ids are lower case letters, digits and dashes, so that quotes are all they need.
const quoted = (ids: readonly string[]): readonly string[] => ids.map((id) => `'${id}'`);

function unionOf(ids: readonly string[]): string {
  const names = quoted(ids);
  return names.length < 2 ? ` ${names[0] ?? 'never'}` : names.map((name) => `\n  | ${name}`).join('');
}

/** The lists of names as a module's constants. */
export function namesSource(product: Product): string {
  return NAMED.map(
    ({ list }) => `export const ${list} = Object.freeze([${quoted(idsOf(product, list)).join(', ')}]);\n`,
  ).join('');
}

/** The types of the kit's module. */
export function namesTypes(product: Product): string {
  return [
    "import type { KitText } from '@counterfoil/verifier/node';\n",
    ...NAMED.map(({ type, list }) => `export type ${type} =${unionOf(idsOf(product, list))};\n`),
    ...NAMED.map(
      ({ list }) => `export declare const ${list}: readonly [${quoted(idsOf(product, list)).join(', ')}];\n`,
    ),
    '/** The text of the kit, which knows the names of the product. */\n' +
      'export declare const kit: KitText<{ operation: Operation; kind: Kind; role: Role }>;\n',
  ].join('\n');
}
