import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A fenced block of a markdown text. */
export interface Fence {
  /** What stands behind the three backticks. */
  readonly info: string;
  readonly body: string;
  /** The line before the fence that is not empty. */
  readonly before: string;
}

export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { info: string; before: string; lines: string[] } | undefined;
  let before = '';
  for (const line of markdown.split('\n')) {
    if (open !== undefined) {
      if (line === '```') {
        fences.push({ info: open.info, before: open.before, body: open.lines.join('\n') });
        open = undefined;
      } else open.lines.push(line);
    } else if (line.startsWith('```')) open = { info: line.slice(3), before, lines: [] };
    else if (line !== '') before = line;
  }
  if (open !== undefined) throw new Error(`expected an end of the fence ${open.info}`);
  return fences;
}

/** The one fence with this info. */
export function fenceOf(markdown: string, info: string): string {
  const found = fencesOf(markdown).filter((fence) => fence.info === info);
  if (found.length !== 1) throw new Error(`expected one fence ${info}, got ${found.length}`);
  return found[0]!.body;
}

/** Paths of files below folders, from the repository's root. */
export function filesBelow(folders: readonly string[], wanted: RegExp): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length).replaceAll('\\', '/'))
      .filter((path) => !/(^|\/)(node_modules|dist|generated)\//.test(path) && wanted.test(path)),
  );
}
