import type { ColumnWords } from '../sql/column-words.js';

const REFUSE = `create or replace function append_only() returns trigger language plpgsql
                as $$ begin raise exception 'append only'; end $$`;

/** How PostgreSQL writes columns; text is ordered as in SQLite, whatever the database's language. */
export const postgresWords: ColumnWords = Object.freeze({
  integer: 'bigint',
  text: 'text collate "C"',
  blob: 'bytea',
  strict: '',
  appendOnly: (tables: readonly string[]) => [
    REFUSE,
    ...tables.flatMap((table) => [
      `create trigger ${table}_no_change before update or delete on ${table}
       for each row execute function append_only()`,
      `create trigger ${table}_no_truncate before truncate on ${table}
       for each statement execute function append_only()`,
    ]),
  ],
});
