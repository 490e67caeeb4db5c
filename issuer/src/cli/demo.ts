import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDemoPortal } from './demo-portal.js';
import { tellStory } from './demo-story.js';
import { systemIo } from './system-io.js';

/** A path as it may be typed from here. */
const typed = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
};

const tell = (...lines: readonly string[]): void => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
};

/** Commands that work when they are copied. */
function nextCommands(folder: string): readonly string[] {
  const counterfoil = `node ${typed(fileURLToPath(new URL('main.js', import.meta.url)))}`;
  return [
    `export DEMO=${folder}`,
    'export COUNTERFOIL_DIR=$DEMO/vendor',
    `${counterfoil} list`,
    `${counterfoil} inspect $DEMO/customer.lic`,
    `${counterfoil} audit`,
    `${counterfoil} catalog show $DEMO/mailbox-backup.yaml`,
    'node $DEMO/kit/bin/demo-license.cjs --data $DEMO/data \\',
    '  explain --operation backup',
    'node $DEMO/kit/bin/demo-license.cjs --data $DEMO/data \\',
    '  status --html $DEMO/status.html',
  ];
}

// With --story nothing is served, for scripts that want an end.
const isStory = process.argv.includes('--story');
const folder = await mkdtemp(join(tmpdir(), 'counterfoil-demo-'));
try {
  const io = systemIo(process);
  await tellStory({ folder, io, tell });
  tell('', 'Try next (the folder stays until you delete it):', '');
  tell(...nextCommands(folder).map((command) => `  ${command}`));
  if (!isStory) {
    const { stdin } = process;
    const passphraseFile = join(folder, 'passphrase.txt');
    await openDemoPortal({ folder, passphraseFile, io, tell, ...(stdin.isTTY ? { terminal: stdin } : {}) });
  }
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 2;
}
