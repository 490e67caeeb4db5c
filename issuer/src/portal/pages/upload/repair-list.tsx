import type { VNode } from 'preact';
import type { Repair } from '@counterfoil/verifier/node';
import { asSentence } from '../../texts/readable.js';
import { uploadTexts as texts } from '../../texts/upload-texts.js';

/** What was damaged on the way, and where it was first met. */
export function RepairList({ repairs }: { readonly repairs: readonly Repair[] }): VNode {
  return (
    <ul>
      {repairs.map(({ code, what, where, count }) => (
        <li key={code}>{asSentence(`${what} (${where}${texts.times(count)})`)}</li>
      ))}
    </ul>
  );
}
