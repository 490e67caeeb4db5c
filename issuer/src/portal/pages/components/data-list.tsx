import type { ComponentChildren, VNode } from 'preact';

export type DataRow = readonly [label: string, value: ComponentChildren];

/** Names and values, one pair a line. */
export function DataList({ rows }: { readonly rows: readonly DataRow[] }): VNode {
  return (
    <dl>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
