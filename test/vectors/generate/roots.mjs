// Roots and chains that the vectors of trust share.
import { key } from './codec.mjs';
import { at, file, named, root, token } from './documents.mjs';

export const [A, B, C, D, E, F] = ['root 1', 'root B', 'root C', 'root D', 'root E', 'root F'].map(key);
export const issuing2 = key('issuing 2');
export const from = at('2025-01-01');
export const keys = (...list) => list.map((each) => named(each));

/** A trust root of a version with these root keys, signed by these. */
export const chained = (version, threshold, rootKeys, signers, change = () => undefined) =>
  root((payload) => {
    payload.version = version;
    payload.root = { threshold, keys: keys(...rootKeys) };
    change(payload);
  }, signers);
const newIssuing = (payload) => (payload.issuing = [named(issuing2, { from })]);
export const two = chained(2, 1, [B], [A, B]);
export const three = chained(3, 1, [C], [B, C], newIssuing);
const byNew = token(undefined, { signer: issuing2 });
export const carried = (...roots) => ({ file: file({ roots }) });
export const newer = (...roots) => ({ file: file({ license: byNew, roots }) });
export const forked = chained(1, 1, [A], [A], (payload) => (payload.exp += 1));
