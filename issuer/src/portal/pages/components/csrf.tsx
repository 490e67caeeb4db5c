import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { CurrentPage } from '../page-context.js';

/** The hidden field that every form with an effect has. */
export function Csrf(): VNode {
  const page = useContext(CurrentPage);
  return <input type="hidden" name="csrf" value={page?.csrf ?? ''} />;
}
