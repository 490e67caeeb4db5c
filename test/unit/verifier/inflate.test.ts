import fc from 'fast-check';
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inflate } from '../../../verifier/src/core/status/inflate.js';

const SIZE = 4096;
const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  constants.Z_FIXED,
  constants.Z_FILTERED,
];
const shardLike = fc
  .array(fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 400 })
  .map((entries) => {
    const bytes = new Uint8Array(SIZE);
    for (const [place, value] of entries) bytes[place] = value;
    return bytes;
  });
const any = fc.oneof(
  shardLike,
  fc.uint8Array({ maxLength: SIZE }),
  fc.array(fc.constantFrom(1, 2, 3, 250), { maxLength: SIZE }).map((a) => Uint8Array.from(a)),
);
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('inflate (LF-12.1)', () => {
  it('undoes another implementation’s deflate at every level and strategy', () => {
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...STRATEGIES),
        (bytes, level, strategy) => {
          expect(Buffer.from(inflate(deflateSync(bytes, { level, strategy }), SIZE)!)).toEqual(
            Buffer.from(bytes),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads copies over the whole window', () => {
    const noise = Uint8Array.from({ length: 300 }, (_, i) => (i * i * 31 + (i >> 3)) & 255);
    const bytes = Buffer.concat([noise, Buffer.alloc(30_000, 7), noise]);
    expect(Buffer.from(inflate(deflateSync(bytes, { level: 9 }), 40_000)!)).toEqual(bytes);
  });

  it('says no to whatever another implementation says no to, and to what it cuts off', () => {
    fc.assert(
      fc.property(any, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, place, change) => {
        const stream = Uint8Array.from(deflateSync(bytes));
        stream[place % stream.length]! ^= change;
        let expected: Buffer | undefined;
        try {
          const result = inflateSync(stream, { maxOutputLength: SIZE, info: true }) as unknown as {
            buffer: Buffer;
            engine: { bytesWritten: number };
          };
          expected = result.engine.bytesWritten === stream.length ? result.buffer : undefined;
        } catch {
          expected = undefined;
        }
        const actual = inflate(stream, SIZE);
        expect(actual === undefined ? undefined : Buffer.from(actual)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('says no to every cut and to rubbish behind the end', () => {
    const stream = deflateSync(Buffer.from('a shard, a shard, a shard of the list'));
    for (let length = 0; length < stream.length; length++)
      expect(inflate(stream.subarray(0, length), SIZE)).toBeUndefined();
    expect(inflate(Buffer.concat([stream, Buffer.of(0)]), SIZE)).toBeUndefined();
    expect(inflate(stream, SIZE)).toBeDefined();
  });

  it('stops at the limit', () => {
    for (const level of [0, 1, 9]) {
      expect(inflate(deflateSync(new Uint8Array(SIZE + 1), { level }), SIZE)).toBeUndefined();
      expect(inflate(deflateSync(new Uint8Array(SIZE), { level }), SIZE)).toHaveLength(SIZE);
    }
    expect(inflate(deflateSync(Uint8Array.from({ length: 300 }, (_, i) => i)), 299)).toBeUndefined();
    expect(inflate(deflateSync(Buffer.alloc(100_000_000)), SIZE)).toBeUndefined();
  });

  it.each([
    ['another method', '7901'],
    ['a window too large', '880e'],
    ['a wrong check of the header', '7800'],
    ['a preset dictionary', '78bb 00000000'],
    ['a reserved block type', '789c 07'],
    ['a stored block with a wrong complement', '789c 01 0100 0000 61'],
    ['a copy from before the start', '789c 4b 04 02 00'],
    ['no last checksum', '789c 03 00'],
    ['a wrong checksum', '789c 03 00 00000002'],
  ])('says no to %s', (_, stream) => {
    expect(inflate(hex(stream), SIZE)).toBeUndefined();
  });

  // Blocks written bit by bit: a number and how many bits it takes, the lowest first; so Huffman codes stand reversed.
  const LAST_FIXED = [1, 1, 1, 2] as const;
  const LAST_DYNAMIC = [1, 1, 2, 2] as const;
  /** 257 literals, one distance, and lengths for the first four of the code-length code: 16, 17, 18, 0. */
  const lengths = (...four: readonly number[]): number[] => [
    0,
    5,
    0,
    5,
    0,
    4,
    ...four.flatMap((one) => [one, 3]),
  ];
  it.each<[string, readonly number[]]>([
    ['a length symbol that is never used', [...LAST_FIXED, 0b01100011, 8, 0, 0]],
    ['a distance symbol that is never used', [...LAST_FIXED, 0b00001100, 8, 0b1000000, 7, 0b01111, 5]],
    ['more literals than there are', [...LAST_DYNAMIC, 30, 5, 0, 5, 0, 4, 0, 30]],
    ['more distances than there are', [...LAST_DYNAMIC, 0, 5, 30, 5, 0, 4, 0, 30]],
    ['lengths that leave no room', [...LAST_DYNAMIC, ...lengths(1, 1, 1, 0), 0, 30]],
    ['lengths that leave room', [...LAST_DYNAMIC, ...lengths(2, 2, 2, 0), 0, 30]],
    ['one length that is not of one bit', [...LAST_DYNAMIC, ...lengths(2, 0, 0, 0), 0, 30]],
    ['no lengths at all', [...LAST_DYNAMIC, ...lengths(0, 0, 0, 0), 0, 30]],
    ['a repeat with nothing before it', [...LAST_DYNAMIC, ...lengths(1, 1, 0, 0), 0, 1, 0, 30]],
    ['a repeat beyond the end', [...LAST_DYNAMIC, ...lengths(0, 0, 1, 0), 0, 1, 127, 7, 0, 1, 127, 7, 0, 30]],
    [
      'no code for the end of the block',
      [...LAST_DYNAMIC, ...lengths(0, 0, 1, 0), 0, 1, 127, 7, 0, 1, 109, 7, 0, 30],
    ],
  ])('says no to %s', (_, pairs) => {
    const bits: number[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      for (let bit = 0; bit < pairs[i + 1]!; bit++) bits.push((pairs[i]! >> bit) & 1);
    }
    const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (__, at) =>
      bits.slice(at * 8, at * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
    );
    const stream = Buffer.from([0x78, 0x9c, ...bytes, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(() => inflateSync(stream)).toThrow();
    expect(inflate(stream, SIZE)).toBeUndefined();
  });
});
