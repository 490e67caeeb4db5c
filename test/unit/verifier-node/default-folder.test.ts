import { describe, expect, it } from 'vitest';
import { defaultFolder, defaultFolders } from '../../../verifier/src/node/host/default-folder.js';
import { readText } from '../docs/markdown.js';

const folderOn = (platform: string, env: Record<string, string> = {}): string | undefined =>
  defaultFolder({ platform, env }, 'acme.example', 'mailbox-backup');

describe('the default data folder', () => {
  it.each([
    ['linux', {}, '/var/lib/acme.example/mailbox-backup'],
    ['darwin', {}, '/Library/Application Support/acme.example/mailbox-backup'],
    ['win32', { ProgramData: 'D:\\Data' }, 'D:\\Data\\acme.example\\mailbox-backup'],
    ['win32', { ProgramData: '' }, 'C:\\ProgramData\\acme.example\\mailbox-backup'],
    ['win32', {}, 'C:\\ProgramData\\acme.example\\mailbox-backup'],
    ['win32', { ProgramData: 'D:\\$& VENDOR' }, 'D:\\$& VENDOR\\acme.example\\mailbox-backup'],
    ['freebsd', {}, undefined],
    ['constructor', {}, undefined],
  ])('on %s with %j is %j', (platform, env, folder) => {
    expect(folderOn(platform, env)).toBe(folder);
  });

  it('is what the README says', () => {
    const readme = readText('verifier/README.md');
    for (const { system, folder } of defaultFolders.values())
      expect(readme).toContain(`| ${system} | \`${folder}\` |\n`);
  });
});
