import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultFolders } from '../../../verifier/src/node/host/default-folder.js';

const guide = readFileSync(new URL('../../../verifier/EMBEDDING.md', import.meta.url), 'utf8');

describe('EMBEDDING.md', () => {
  it('has the table of data folders as the host command takes them', () => {
    const rows = [...guide.matchAll(/^\| (\w+) \| `([^`]+)` \|$/gm)].map(([, system, folder]) => ({
      system,
      folder,
    }));
    expect(rows).toEqual([...defaultFolders.values()]);
  });

  it('names every type of event', () => {
    const source = readFileSync(
      new URL('../../../verifier/src/node/live/events.ts', import.meta.url),
      'utf8',
    );
    const types = [...source.matchAll(/readonly type: '([a-z]+)'/g)].map(([, type]) => type);
    expect(types.length).toBeGreaterThan(4);
    const paragraph = /^Events: [^]*?\n\n/m.exec(guide)?.[0] ?? '';
    for (const type of types) expect(paragraph).toContain(`\`${type}\``);
  });
});
