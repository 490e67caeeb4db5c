// Parts of the usual files, to be put together wrongly.
import { b64, utf8 } from './codec.mjs';
import { file, root, ROOT1, shard, token } from './documents.mjs';

export const plain = file();
export const license = token();
export const root2 = root((payload) => (payload.version = 2));
const whole = file({ roots: [ROOT1, root2], status: [shard()] });
export const lines = plain.split('\n');
export const withLine = (index, text) => lines.map((line, i) => (i === index ? text : line)).join('\n');
export const BEGIN = '-----BEGIN COUNTERFOIL LICENSE-----\n';
export const END = '-----END COUNTERFOIL LICENSE-----\n';
export const rewrap = (text, width) => text.match(new RegExp(`.{1,${width}}`, 'g')).join('\n');
const block = (document) => {
  const start = whole.indexOf(`-----BEGIN COUNTERFOIL ${document}-----`);
  const end = `-----END COUNTERFOIL ${document}-----\n`;
  return whole.slice(start, whole.indexOf(end, start) + end.length);
};
export const [licenseBlock, rootBlock, statusBlock] = ['LICENSE', 'TRUST ROOT', 'STATUS LIST'].map(block);
export const bytes = (...parts) => ({
  fileBase64: b64(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? utf8(part) : Buffer.from(part)))),
  ),
});
export const changed = (from, to) => ({ file: plain.replace(from, to) });
