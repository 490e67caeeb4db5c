import type { ComponentChildren, VNode } from 'preact';
import type { Tone } from './status-badge.js';

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** One thing that a page has to say before all else. */
export function Notice({ tone, title, children }: NoticeProps): VNode {
  return (
    <section class={`notice ${tone}`}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
