import { describe, expect, it } from 'vitest';

const fault = (code: string): Error => Object.assign(new Error('boom'), { code });
const fail = (code: string) => (): never => {
  throw fault(code);
};

describe('toThrowCode', () => {
  it('compares the code of what is thrown', () => {
    expect(fail('a')).toThrowCode('a');
    expect(fail('b')).not.toThrowCode('a');
    expect(() => {
      expect(fail('b')).toThrowCode('a');
    }).toThrow('expected an error with code a, got b: Error: boom');
  });

  it('compares the code of a rejection', async () => {
    await expect(Promise.reject(fault('a'))).rejects.toThrowCode('a');
    await expect(expect(Promise.reject(fault('b'))).rejects.toThrowCode('a')).rejects.toThrow('got b');
    await expect(expect(Promise.resolve(1)).rejects.toThrowCode('a')).rejects.toThrow();
  });

  it.each([
    ['a function that returns', () => 1],
    ['a promise without .rejects', () => Promise.reject(fault('a'))],
    ['no function', 'a'],
  ])('fails for %s, also under .not', (_, received) => {
    expect(() => {
      expect(received).toThrowCode('a');
    }).toThrow('expected an error with code a, but');
    expect(() => {
      expect(received).not.toThrowCode('a');
    }).toThrow('expected an error with code a, but');
  });

  it('does not take a plain object for an error', () => {
    expect(() => {
      expect(() => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is the case under test
        throw { code: 'a' };
      }).toThrowCode('a');
    }).toThrow('got undefined');
  });
});
