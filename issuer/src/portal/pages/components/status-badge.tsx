import type { VNode } from 'preact';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** A state in a word or two; its tone is never the only thing that tells it. */
export function StatusBadge({ tone, text }: { readonly tone: Tone; readonly text: string }): VNode {
  return <span class={`badge ${tone}`}>{text}</span>;
}
