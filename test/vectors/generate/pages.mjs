// Identity pages, built after license-file.md, clause 11.3.
import { b64u, name16, sha256, utf8 } from './codec.mjs';

const PAGE = 4096;
const padded = (...parts) => {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([bytes, Buffer.alloc(PAGE - bytes.length)]);
};
export const digestOf = (salt, identity) =>
  sha256(Buffer.from([2]), Buffer.from(salt, 'base64url'), utf8(identity)).subarray(0, 16);

/** Cuts a list into pieces. */
const pieces = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

/** The pages of identities: what a license says of them, and the bytes of the side file. */
export function pagesOf(identities, label) {
  const salt = name16(`salt of ${label}`);
  const digests = identities.map((identity) => digestOf(salt, identity)).sort(Buffer.compare);
  const leaves = pieces(digests, 256).map((page) => padded(...page));
  const levels = [leaves];
  let children = leaves.map((block) => ({
    first: block.subarray(0, 16),
    hash: sha256(Buffer.from([0]), block),
  }));
  do {
    const nodes = pieces(children, 85).map((group) =>
      padded(...group.flatMap(({ first, hash }) => [first, hash])),
    );
    levels.unshift(nodes);
    children = nodes.map((block) => ({
      first: block.subarray(0, 16),
      hash: sha256(Buffer.from([1]), block),
    }));
  } while (children.length > 1);
  const root = b64u(children[0].hash);
  const header = padded(utf8(`counterfoil identity pages 1\nroot ${root}\ncount ${digests.length}\n`));
  return {
    claim: { root, salt, count: digests.length },
    bytes: Buffer.concat([header, ...levels.flat()]),
    digests,
    salt,
  };
}

/** Sorts identities as they stand on the pages. */
export const inOrder = (identities, salt) =>
  [...identities].sort((a, b) => Buffer.compare(digestOf(salt, a), digestOf(salt, b)));

const names = (count) =>
  Array.from({ length: count }, (_, i) => `user${String(i + 1).padStart(5, '0')}@example.org`);
export const sets = {
  'pages-1': names(1),
  'pages-256': names(256),
  'pages-257': names(257),
  'pages-22000': names(22_000),
};
export const built = Object.fromEntries(
  Object.entries(sets).map(([name, list]) => [name, pagesOf(list, name)]),
);
