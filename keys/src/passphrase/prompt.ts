import { keysFault } from '../codes.js';

/** What a prompt needs of a terminal's input, such as `process.stdin`. */
export interface TerminalInput {
  readonly isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
  on: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
  off: (event: 'data' | 'end' | 'error', listener: (chunk: Uint8Array) => void) => unknown;
  resume: () => unknown;
  pause: () => unknown;
}

/** Where the questions go, such as `process.stderr`. */
export interface TerminalOutput {
  write: (text: string) => unknown;
}

/** Asks each question and gives the lines typed, none of them echoed. */
export type Prompt = (questions: readonly string[]) => Promise<readonly string[]>;

/** Arrows, function keys and the marks of a bracketed paste: never part of a passphrase. */
const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/gs;

/** The prompt of a terminal, or undefined where there is none to ask at. */
export function promptAt(input: TerminalInput, output: TerminalOutput): Prompt | undefined {
  if (input.isTTY !== true || input.setRawMode === undefined) return undefined;
  return (questions) => askHidden(input, output, questions);
}

/** All questions in one session, so that pasted lines are not lost between two. Rejects with `passphrase-cancelled`. */
async function askHidden(
  input: TerminalInput,
  output: TerminalOutput,
  questions: readonly string[],
): Promise<readonly string[]> {
  const answers: string[] = [];
  const decoder = new TextDecoder();
  let typed: string[] = [];
  let listener: (chunk: Uint8Array) => void = () => undefined;
  let onEnd: () => void = () => undefined;
  const ask = (): void => {
    const question = questions[answers.length];
    if (question !== undefined) output.write(`${question}: `);
  };
  /** Returns true when the prompt was cancelled. */
  const take = (character: string): boolean => {
    switch (character) {
      case '\r':
      case '\n':
        output.write('\n');
        answers.push(typed.join(''));
        typed = [];
        ask();
        return false;
      case '\u0003':
      case '\u0004':
        output.write('\n');
        return true;
      case '\u007f':
      case '\b':
        typed.pop();
        return false;
      case '\u0015':
        typed = [];
        return false;
      default:
        if (character >= ' ') typed.push(character);
        return false;
    }
  };
  const done = new Promise<void>((resolve, reject) => {
    onEnd = (): void => {
      reject(keysFault('passphrase-cancelled', { expected: 'a line', actual: 'the end of the input' }));
    };
    listener = (chunk): void => {
      const text = decoder.decode(chunk, { stream: true }).replace(ESCAPES, '').replaceAll('\r\n', '\n');
      for (const character of text) {
        if (take(character)) {
          reject(keysFault('passphrase-cancelled'));
          return;
        }
        if (answers.length === questions.length) {
          resolve();
          return;
        }
      }
    };
  });
  input.setRawMode?.(true);
  input.on('data', listener);
  input.on('end', onEnd);
  input.on('error', onEnd);
  try {
    input.resume();
    ask();
    await done;
    return answers;
  } finally {
    input.off('data', listener);
    input.off('end', onEnd);
    input.off('error', onEnd);
    input.setRawMode?.(false);
    input.pause();
  }
}
