/** How a document is written: compact JWS, general JSON JWS, or bytes that a license names by digest. */
export type DocumentForm = 'compact' | 'general' | 'binary';

/** One kind of document (license-file.md, clause 5). */
export interface DocumentRow {
  /** The protected header's `typ`; a block without a signature has none. */
  readonly typ: string;
  /** What stands in the armor: `-----BEGIN COUNTERFOIL LICENSE-----`. */
  readonly label: string;
  readonly form: DocumentForm;
  /** Largest size of the document itself, in bytes. */
  readonly cap: number;
}

const rows = {
  license: { typ: 'license+jwt', label: 'COUNTERFOIL LICENSE', form: 'compact', cap: 262_144 },
  product: { typ: 'product+jwt', label: 'COUNTERFOIL PRODUCT', form: 'compact', cap: 262_144 },
  'trust-root': { typ: 'trust-root+jws', label: 'COUNTERFOIL TRUST ROOT', form: 'general', cap: 32_768 },
  'status-list': { typ: 'statuslist+jwt', label: 'COUNTERFOIL STATUS LIST', form: 'compact', cap: 16_384 },
  'identity-pages': { typ: '', label: 'COUNTERFOIL IDENTITY PAGES', form: 'binary', cap: 34_603_008 },
  request: { typ: 'license-request+jwt', label: 'COUNTERFOIL REQUEST', form: 'compact', cap: 1_048_576 },
  receipt: { typ: 'license-receipt+jwt', label: 'COUNTERFOIL RECEIPT', form: 'compact', cap: 65_536 },
  grant: { typ: 'license-grant+jwt', label: 'COUNTERFOIL GRANT', form: 'compact', cap: 65_536 },
} as const satisfies Record<string, DocumentRow>;

export type DocumentName = keyof typeof rows;

/** The table of documents; adding one is adding a row. */
export const documents: Readonly<Record<DocumentName, DocumentRow>> = Object.freeze(rows);

const byLabel: ReadonlyMap<string, DocumentName> = new Map(
  Object.entries(rows).map(([name, row]) => [row.label, name as DocumentName]),
);

const byTyp: ReadonlyMap<string, DocumentName> = new Map(
  Object.entries(rows).map(([name, row]) => [row.typ, name as DocumentName]),
);

/** The document that a label names, or undefined. */
export function documentOfLabel(label: string): DocumentName | undefined {
  return byLabel.get(label);
}

/** The document that a `typ` names, or undefined. */
export function documentOfTyp(typ: string): DocumentName | undefined {
  return typ === '' ? undefined : byTyp.get(typ);
}
