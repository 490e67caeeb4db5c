import { EventEmitter } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  PASSPHRASE_VARIABLE,
  promptAt,
  readPassphrase,
  requireStrength,
  type Prompt,
  type TerminalInput,
} from '@counterfoil/keys';
import { describe, expect, it } from 'vitest';
import { PASSPHRASE, temporaryFolders } from './fixture.js';

const posix = process.platform !== 'win32';
const newFolder = temporaryFolders();

/** A terminal whose every change is noted; `chunks` are typed one by one once it listens. */
class FakeInput extends EventEmitter {
  readonly isTTY: boolean = true;
  readonly log: string[] = [];
  private readonly chunks: readonly (string | Uint8Array)[];
  private readonly last: 'end' | 'error' | undefined;

  constructor(chunks: readonly (string | Uint8Array)[], last?: 'end' | 'error') {
    super();
    this.chunks = chunks;
    this.last = last;
  }

  setRawMode(raw: boolean): void {
    this.log.push(raw ? 'raw' : 'cooked');
  }

  resume(): void {
    queueMicrotask(() => {
      for (const chunk of this.chunks) this.emit('data', Buffer.from(chunk as string));
      if (this.last !== undefined && this.listenerCount(this.last) > 0)
        this.emit(this.last, new Error('gone'));
    });
  }

  pause(): void {
    this.log.push('paused');
  }
}

function terminal(chunks: readonly (string | Uint8Array)[], last?: 'end' | 'error') {
  const input = new FakeInput(chunks, last);
  const shown: string[] = [];
  const prompt = promptAt(input, { write: (text) => shown.push(text) }) as Prompt;
  return { input, shown, prompt };
}

const file = async (text: string | Uint8Array, mode = 0o600): Promise<string> => {
  const path = join(await newFolder(), 'passphrase');
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
};

describe('the source of a passphrase', () => {
  it.each([PASSPHRASE, `${PASSPHRASE}\n`, `${PASSPHRASE}\r\n`, `${PASSPHRASE}\nsecond line\n`])(
    'is the first line of a file: %j',
    async (text) => {
      expect(await readPassphrase({ file: await file(text), env: {} })).toBe(PASSPHRASE);
    },
  );

  it('keeps spaces', async () => {
    expect(await readPassphrase({ file: await file(' two  words \n'), env: {} })).toBe(' two  words ');
  });

  it('is file before environment before terminal', async () => {
    const env = { [PASSPHRASE_VARIABLE]: 'from the environment' };
    const { prompt } = terminal(['from the terminal\r']);
    expect(await readPassphrase({ file: await file('from the file'), env, prompt })).toBe('from the file');
    expect(await readPassphrase({ env, prompt })).toBe('from the environment');
    expect(await readPassphrase({ env: { [PASSPHRASE_VARIABLE]: '' }, prompt })).toBe('from the terminal');
  });

  it.runIf(posix)('is no file that others may read', async () => {
    const path = await file(PASSPHRASE, 0o640);
    await expect(readPassphrase({ file: path, env: {} })).rejects.toThrowCode('key-file-permissions');
  });

  it('is no file that is missing or no text', async () => {
    const path = join(await newFolder(), 'missing');
    await expect(readPassphrase({ file: path, env: {} })).rejects.toThrowCode('file-unreadable');
    const bytes = await file(Uint8Array.of(0xff, 0xfe));
    await expect(readPassphrase({ file: bytes, env: {} })).rejects.toThrowCode('utf8');
  });

  it('is missing without any of them, or when it is empty', async () => {
    await expect(readPassphrase({ env: {} })).rejects.toThrowCode('passphrase-missing');
    await expect(readPassphrase({ env: {}, file: await file('\n') })).rejects.toThrowCode(
      'passphrase-missing',
    );
    const { prompt } = terminal(['\r']);
    await expect(readPassphrase({ env: {}, prompt })).rejects.toThrowCode('passphrase-missing');
    await expect(readPassphrase({ env: {}, prompt: () => Promise.resolve([]) })).rejects.toThrowCode(
      'passphrase-missing',
    );
  });
});

describe('a new passphrase', () => {
  it('is asked for twice', async () => {
    const { prompt, shown } = terminal([`${PASSPHRASE}\r`, `${PASSPHRASE}\r`]);
    const question = 'passphrase of the root keys';
    expect(await readPassphrase({ env: {}, prompt, question, isNew: true })).toBe(PASSPHRASE);
    expect(shown.join('')).toBe(`new ${question}: \nnew ${question} again: \n`);
  });

  it('must be the same twice', async () => {
    const { prompt } = terminal([`${PASSPHRASE}\r`, `${PASSPHRASE}.\r`]);
    const read = readPassphrase({ env: {}, prompt, isNew: true });
    await expect(read).rejects.toThrowCode('passphrase-differs');
    await expect(read).rejects.not.toThrow(PASSPHRASE);
  });

  it('has 12 characters at least, from wherever it comes', async () => {
    const env = { [PASSPHRASE_VARIABLE]: 'elevenchars' };
    await expect(readPassphrase({ env, isNew: true })).rejects.toThrowCode('passphrase-weak');
    await expect(readPassphrase({ env, isNew: true })).rejects.not.toThrow('elevenchars');
    expect(await readPassphrase({ env })).toBe('elevenchars');
  });

  it('is counted in characters', () => {
    expect(() => requireStrength('\u{1f600}'.repeat(11))).toThrowCode('passphrase-weak');
    expect(() => requireStrength('u\u0308'.repeat(11))).toThrowCode('passphrase-weak');
    expect(() => requireStrength('a'.repeat(1001))).toThrowCode('passphrase-weak');
    expect(() => {
      requireStrength('\u{1f600}'.repeat(12));
      requireStrength('a'.repeat(1000));
    }).not.toThrow();
  });
});

describe('the prompt', () => {
  const ask = async (...chunks: (string | Uint8Array)[]): Promise<string> =>
    (await terminal(chunks).prompt(['?']))[0]!;

  it('shows the question, nothing of what is typed, and gives the terminal back', async () => {
    const { input, prompt, shown } = terminal(['s', 'e', 'c', 'ret', '\r']);
    expect(await prompt(['passphrase'])).toEqual(['secret']);
    expect(shown).toEqual(['passphrase: ', '\n']);
    expect(input.log).toEqual(['raw', 'cooked', 'paused']);
    expect(input.eventNames()).toEqual([]);
  });

  it('takes lines that are pasted at once', async () => {
    const { prompt } = terminal(['one\r\ntwo\nthree']);
    expect(await prompt(['a', 'b'])).toEqual(['one', 'two']);
  });

  it('takes characters that arrive in pieces', async () => {
    const bytes = Buffer.from('Grüße 😀\r');
    expect(await ask(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe('Grüße 😀');
  });

  it('mends mistakes', async () => {
    expect(await ask('secrex\u007ft\r')).toBe('secret');
    expect(await ask('😀\b\b\u007fx\r')).toBe('x');
    expect(await ask('wrong\u0015right\r')).toBe('right');
  });

  it('ignores keys that are no characters', async () => {
    expect(await ask('\u001b[Aa\u001b[1;5Cb\u001bOPc\u001b[200~d\u001b[201~\u0000\te\r')).toBe('abcde');
  });

  it.each(['\u0003', 'abc\u0004', 'abc\u0003def\r'])('is cancelled by %j', async (keys) => {
    const { input, prompt } = terminal([keys]);
    await expect(prompt(['?'])).rejects.toThrowCode('passphrase-cancelled');
    expect(input.log).toEqual(['raw', 'cooked', 'paused']);
  });

  it.each(['end', 'error'] as const)('is cancelled by %s of the input', async (event) => {
    const { input, prompt } = terminal(['abc'], event);
    await expect(prompt(['?'])).rejects.toThrowCode('passphrase-cancelled');
    expect(input.eventNames()).toEqual([]);
  });

  it('needs a terminal', () => {
    const output = { write: () => undefined };
    for (const lack of [{ isTTY: false }, { isTTY: undefined }, { setRawMode: undefined }]) {
      const input: object = Object.assign(new FakeInput([]), lack);
      expect(promptAt(input as TerminalInput, output)).toBeUndefined();
    }
  });
});
