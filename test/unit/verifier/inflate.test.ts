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
    ['a fixed length symbol that is never used', '789c 1b 03'],
    ['a fixed distance symbol that is never used', '789c 4b 04 1e'],
    ['a copy from before the start', '789c 4b 04 02 00'],
    ['more literal codes than symbols', '789c fd ff ff'],
    ['code lengths that leave no room', '789c 05 e0 ff ff ff ff ff ff ff'],
    ['a repeat with nothing before it', '789c 04 c0 01 00 00 00 00 10 ff ff'],
  ])('says no to %s', (_, stream) => {
    expect(inflate(hex(stream), SIZE)).toBeUndefined();
  });
});
