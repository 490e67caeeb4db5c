// A small backup tool, as a vendor would write one: it copies folders, as far as its license allows. What it may be asked for
// stands in the jobs, what it counts in the kit: no line of it knows one product or another.
// Usage: node backup-tool.mjs KIT_FOLDER DATA_FOLDER JOBS.json
// JOBS.json: [{ name, operation, ids?, role?, from?, to? }]; paths are relative to the folder of the file
import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { openLicense } from '@counterfoil/verifier/node';

const [kitFolder, dataDir, jobsFile] = argv.slice(2);
if (jobsFile === undefined) {
  stderr.write('usage: node backup-tool.mjs KIT_FOLDER DATA_FOLDER JOBS.json\n');
  exit(2);
}

// A real product has its kit built in: import { kit } from '@acme/backup-license-kit';
const { kit } = await import(pathToFileURL(resolve(kitFolder, 'index.js')).href);
const license = openLicense({ kit, dataDir });
license.onEvent((event) => {
  if (event.type === 'alert') stdout.write(`warning: ${event.text}\n`);
});

/** Copies a folder and says how many files it has. */
async function copyFolder(from, to) {
  await cp(from, to, { recursive: true, force: true });
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

/** Runs one job, if the license allows it; answers whether it did. */
async function runJob({ name, operation, ids, role, from, to }, folder) {
  const decision = license.check(operation, { ...(ids && { ids }), ...(role && { role }) });
  if (!decision.allowed) {
    stdout.write(`denied: ${name}: ${decision.code}: ${decision.reason}; ${decision.finding.hint}\n`);
    return false;
  }
  const files = from === undefined ? 0 : await copyFolder(join(folder, from), join(folder, to));
  stdout.write(`done: ${name}${from === undefined ? '' : `, ${String(files)} files`}\n`);
  return true;
}

const { state, license: installed } = license.statusView();
stdout.write(`license: ${installed === undefined ? 'none' : installed.id}, state ${state}\n`);
let denied = 0;
for (const job of JSON.parse(await readFile(jobsFile, 'utf8'))) {
  if (!(await runJob(job, dirname(resolve(jobsFile))))) denied++;
}
license.close();
exit(denied === 0 ? 0 : 1);
