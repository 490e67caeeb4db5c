/** What databases call the same column. */
export interface ColumnWords {
  /** Whole numbers up to 2^53. */
  readonly integer: string;
  /** Ordered by its bytes. */
  readonly text: string;
  readonly blob: string;
  /** After the columns: values of other types are refused. */
  readonly strict: string;
  /** Statements after which no row of these tables can be changed or deleted. */
  readonly appendOnly: (tables: readonly string[]) => readonly string[];
}
