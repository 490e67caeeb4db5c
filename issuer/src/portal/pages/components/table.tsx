import type { ComponentChildren, VNode } from 'preact';

interface TableRow {
  readonly key: string;
  /** The first cell heads the row. */
  readonly cells: readonly ComponentChildren[];
}

interface TableProps {
  /** What the table is of, for those who cannot see it. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** A table that becomes a list of cards on a narrow screen. */
export function Table({ caption, columns, rows }: TableProps): VNode {
  return (
    <table class="cards">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) =>
              index === 0 ? (
                <th key={columns[index]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={columns[index]} data-label={columns[index]}>
                  <div>{cell}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
