import type { ComponentChildren, VNode } from 'preact';

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children: ComponentChildren;
}

/** Stands where a list would, when it is empty: says why, and what to do. */
export function EmptyState({ title, children }: EmptyStateProps): VNode {
  return (
    <section class="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
