import type { Product } from '@counterfoil/schemas';

/** What the folder of a kit is made of. */
export interface KitFolderParts {
  readonly vendor: string;
  readonly product: Product;
  /** The armored kit. */
  readonly kit: string;
  /** The text of the trial's file. */
  readonly trial?: string;
  /** The source of the host command as a CommonJS module that exports `run`. */
  readonly hostBundle: string;
  /** The version of the verifier that the kit is made for. */
  readonly version: string;
  readonly root: number;
  readonly fingerprint: string;
  /** The name of the host command, where it is to have another. */
  readonly command?: string;
}
