interface FolderRow {
  /** The system's name, for people. */
  readonly system: string;
  /** The folder; `VENDOR` and `PRODUCT` stand for their ids. */
  readonly folder: string;
}

const PROGRAM_DATA = '%ProgramData%';

/** Where the host command keeps a product's data unless told otherwise, by Node's name of the system. */
export const defaultFolders: ReadonlyMap<string, FolderRow> = new Map([
  ['linux', { system: 'Linux', folder: '/var/lib/VENDOR/PRODUCT' }],
  ['darwin', { system: 'macOS', folder: '/Library/Application Support/VENDOR/PRODUCT' }],
  ['win32', { system: 'Windows', folder: `${PROGRAM_DATA}\\VENDOR\\PRODUCT` }],
]);

/** The system that a command runs on: Node's name of it, and the environment. */
export interface HostSystem {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The default data folder of a product, or undefined on a system that has none. */
export function defaultFolder(
  { platform, env }: HostSystem,
  vendor: string,
  product: string,
): string | undefined {
  const row = defaultFolders.get(platform);
  if (row === undefined) return undefined;
  // A service may be started with an empty environment.
  const programData = env['ProgramData'] || 'C:\\ProgramData';
  return row.folder
    .replace('VENDOR', vendor)
    .replace('PRODUCT', product)
    .replace(PROGRAM_DATA, () => programData);
}
