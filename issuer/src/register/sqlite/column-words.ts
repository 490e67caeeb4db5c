import type { ColumnWords } from '../sql/column-words.js';

/** How SQLite writes columns. */
export const sqliteWords: ColumnWords = Object.freeze({
  integer: 'integer',
  text: 'text',
  blob: 'blob',
  strict: ' strict',
  appendOnly: (tables: readonly string[]) =>
    tables.flatMap((table) =>
      ['update', 'delete'].map(
        (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table}
                 begin select raise(abort, 'append only'); end`,
      ),
    ),
});
