// Imports TypeScript sources of the workspaces as one module in memory: no build is needed, and none can be stale.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const repository = new URL('../../', import.meta.url);

/** The exports of a module text, which may import the workspaces by name or files by a path from the repository. */
export async function loadSources(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(repository), loader: 'ts' },
    absWorkingDir: fileURLToPath(repository),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    conditions: ['source'],
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.url)});`,
    },
    write: false,
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
