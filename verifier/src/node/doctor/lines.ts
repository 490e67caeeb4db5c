import { armorStart } from './boundary.js';
import { foundAt, type RepairCode, type Step, type Stepped } from './repair.js';

/**
 * Changes what matches, from a place on, and counts the matches. A pattern looks at a run of characters from its
 * start alone: from each of its characters, a long run would take hours.
 */
function replaceFrom(
  code: RepairCode,
  text: string,
  start: number,
  pattern: RegExp,
  by: string,
): Stepped | undefined {
  const rest = text.slice(start);
  const count = rest.match(pattern)?.length ?? 0;
  if (count === 0) return undefined;
  const found = foundAt(code, text, start + rest.search(pattern), count);
  return { text: text.slice(0, start) + rest.replace(pattern, by), found: [found] };
}

export const undoLineEnds: Step = (text) =>
  replaceFrom('line-ends', text, 0, /(?<!\r)\r+\n|\r|[\u0085\u2028\u2029\v\f]/g, '\n');

/**
 * `>` in front of the lines of an answered mail, also several; `|` as some programs write it.
 *
 * Half of the lines at least: one alone may be what a broken line left.
 */
export const undoMailQuotes: Step = (text) => {
  const quoted = /^[ \t\u00a0]*(?:[>|\u00bb][ \t\u00a0]?)+/gm;
  const areMost = (part: string): boolean => {
    const lines = part.match(/^.*\S.*$/gm)?.length ?? 0;
    return lines > 0 && (part.match(quoted)?.length ?? 0) * 2 >= lines;
  };
  return areMost(text) || areMost(text.slice(armorStart(text)))
    ? replaceFrom('mail-quotes', text, 0, quoted, '')
    : undefined;
};

export const undoCodeFence: Step = (text) =>
  replaceFrom('code-fence', text, 0, /^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:[\w-]+[ \t]*)?(?:\n|$(?![^]))/gm, '');

export const undoSoftHyphens: Step = (text) =>
  replaceFrom('soft-hyphens', text, armorStart(text), /\u00ad/g, '');

/** In the text in front only what no license may have there: a name may need its joiners. */
export const undoInvisible: Step = (text) => {
  const start = armorStart(text);
  return (
    replaceFrom(
      'invisible',
      text,
      start,
      /[\u0001-\u0008\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
      '',
    ) ??
    replaceFrom(
      'invisible',
      text,
      0,
      /[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g,
      '',
    )
  );
};

export const undoUnusualSpaces: Step = (text) =>
  replaceFrom(
    'unusual-spaces',
    text,
    armorStart(text),
    /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g,
    ' ',
  );

export const undoTabs: Step = (text) => replaceFrom('tabs', text, 0, /\t/g, ' ');

/** Lines of blocks start at the left; the text in front moves with them. */
export const undoIndentation: Step = (text) => {
  const start = armorStart(text);
  const indent = /^ */.exec(text.slice(start))?.[0].length ?? 0;
  const front =
    indent === 0
      ? text.slice(0, start)
      : text.slice(0, start).replace(new RegExp(`^ {1,${String(indent)}}`, 'gm'), '');
  const stepped = replaceFrom('indentation', text, start, /^ +(?=[^ \n])/gm, '');
  return stepped === undefined
    ? undefined
    : { text: front + stepped.text.slice(start), found: stepped.found };
};

/** The line above the signature of a mail has a space at its end by right. */
export const undoTrailingSpace: Step = (text) =>
  replaceFrom('trailing-space', text, armorStart(text), /(?:(?<=^-- )|(?<!^--| )) +$/gm, '');
