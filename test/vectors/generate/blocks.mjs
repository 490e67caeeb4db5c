// Blocks: which, how many, in which order; and files that lack one (license-file.md, clause 2.6).
import { licenseBlock, plain, root2, rootBlock, statusBlock } from './carried.mjs';
import { accept, file, refuse, reject, ROOT1, shard, token } from './documents.mjs';

const blocks = [
  reject('blocks-license-twice', 'LF-2.6', 'file-blocks', 'two licenses', { file: plain + plain }),
  reject('blocks-root-first', 'LF-2.6', 'file-blocks', 'a trust root before the license', {
    file: rootBlock + licenseBlock,
  }),
  reject('blocks-status-before-root', 'LF-2.6', 'file-blocks', 'the status list before the trust root', {
    file: licenseBlock + statusBlock + rootBlock,
  }),
  reject('blocks-status-twice', 'LF-2.6', 'file-blocks', 'two status lists', {
    file: licenseBlock + statusBlock + statusBlock,
  }),
  reject('blocks-root-apart', 'LF-2.6', 'file-blocks', 'trust roots on both sides of the status list', {
    file: licenseBlock + rootBlock + statusBlock + rootBlock,
  }),
  reject('blocks-no-license', 'LF-2.6', 'file-blocks', 'a trust root alone', { file: rootBlock }),
  reject('blocks-status-alone', 'LF-2.6', 'file-blocks', 'a status list alone', { file: statusBlock }),
  reject('blocks-product', 'LF-2.6', 'file-blocks', 'a block that belongs to a kit', {
    file: licenseBlock + licenseBlock.replaceAll('LICENSE', 'PRODUCT'),
  }),
  reject('blocks-request', 'LF-2.6', 'file-blocks', 'a request in place of the license', {
    file: licenseBlock.replaceAll('LICENSE', 'REQUEST'),
  }),
  reject('blocks-license-as-status', 'LF-4.3', 'typ-mismatch', 'a license under the label of a status list', {
    file: licenseBlock + licenseBlock.replaceAll('LICENSE', 'STATUS LIST'),
  }),
  reject('blocks-status-as-license', 'LF-4.3', 'typ-mismatch', 'a status list under the label of a license', {
    file: statusBlock.replaceAll('STATUS LIST', 'LICENSE'),
  }),
  reject('blocks-65-roots', 'LF-2.6', 'file-blocks', '65 trust roots', {
    fileParts: [licenseBlock, { repeat: rootBlock, times: 65 }],
  }),
  reject('blocks-97', 'LF-13', 'file-blocks', '97 blocks', {
    fileParts: [licenseBlock, { repeat: rootBlock, times: 96 }],
  }),
  accept('blocks-64-roots', 'LF-2.6', '64 times the same trust root, which is known', {
    fileParts: [licenseBlock, { repeat: rootBlock, times: 64 }],
  }),
  accept('blocks-82', 'LF-2.6', 'as many blocks of every kind as a license file may have', {
    fileParts: [
      licenseBlock,
      { repeat: rootBlock, times: 64 },
      statusBlock,
      {
        repeat:
          '-----BEGIN COUNTERFOIL IDENTITY PAGES-----\nAAAA\n-----END COUNTERFOIL IDENTITY PAGES-----\n',
        times: 16,
      },
    ],
  }),
  reject('blocks-17-pages', 'LF-2.6', 'file-blocks', '17 blocks of identity pages', {
    fileParts: [
      licenseBlock,
      {
        repeat:
          '-----BEGIN COUNTERFOIL IDENTITY PAGES-----\nAAAA\n-----END COUNTERFOIL IDENTITY PAGES-----\n',
        times: 17,
      },
    ],
  }),
  reject('blocks-pages-before-status', 'LF-2.6', 'file-blocks', 'identity pages before the status list', {
    file: `${licenseBlock}-----BEGIN COUNTERFOIL IDENTITY PAGES-----\nAAAA\n-----END COUNTERFOIL IDENTITY PAGES-----\n${statusBlock}`,
  }),
  reject('text-between', 'LF-2.6', 'armor-boundary', 'a line between two blocks', {
    file: `${licenseBlock}text\n${rootBlock}`,
  }),
  reject('blank-between', 'LF-2.6', 'armor-boundary', 'a blank line between two blocks', {
    file: `${licenseBlock}\n${rootBlock}`,
  }),
  reject('text-after', 'LF-2.6', 'armor-boundary', 'a line after the last block', {
    file: `${plain}sent from my phone\n`,
  }),
  reject('blank-after', 'LF-2.6', 'armor-boundary', 'a second line feed at the end', { file: `${plain}\n` }),
  reject('space-after', 'LF-2.6', 'armor-boundary', 'a space at the end', { file: `${plain} ` }),
  refuse('block-dropped-status', 'LF-8.15', 'status-needed', 'the status list was left out', {
    file: file({ license: needing(), roots: [ROOT1, root2] }),
  }),
  refuse('block-dropped-root', 'LF-8.14', 'root-needed', 'the newest trust root was left out', {
    file: file({ license: needing(), roots: [ROOT1], status: [shard()] }),
  }),
  accept('block-none-dropped', 'LF-8.15', 'the same file with both', {
    file: file({ license: needing(), roots: [ROOT1, root2], status: [shard()] }),
  }),
  accept('root-known-dropped', 'LF-8.14', 'a trust root that the host knows may be missing', {
    file: file({ license: needing(), roots: [root2], status: [shard()] }),
  }),
];

function needing() {
  return token((payload) => {
    payload.status = { status_list: { idx: 3, uri: 'counterfoil:acme.example:status:1' } };
    payload.license.needs = { root: 2, status: 5 };
  });
}

export const blockOrders = () => blocks;
