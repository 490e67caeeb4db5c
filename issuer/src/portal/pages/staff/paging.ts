/** Rows of one page. */
const SIZE = 50;

/** One page of many rows. */
export interface Paged<T> {
  readonly rows: readonly T[];
  readonly page: number;
  readonly pages: number;
}

/** The page that an address asks for; the nearest one where there is none such. */
export function pageOf<T>(all: readonly T[], typed: string | undefined): Paged<T> {
  const pages = Math.max(1, Math.ceil(all.length / SIZE));
  const wanted = typed !== undefined && /^\d{1,6}$/.test(typed) ? Number(typed) : 1;
  const page = Math.min(pages, Math.max(1, wanted));
  return { rows: all.slice((page - 1) * SIZE, page * SIZE), page, pages };
}
