/** Order in which the lengths of the code-length code are written (RFC 1951, 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;

/** Thrown and caught in this file only; nothing else is thrown in it. */
class Broken extends Error {}

/** A canonical Huffman code: how many codes there are of each length, and their symbols in order. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** The code of the lengths from one place to another; refuses more codes than there is room for, and fewer unless there is but one. */
function makeCode(lengths: Uint8Array, from: number, to: number): Code {
  const counts = new Uint16Array(16);
  for (let i = from; i < to; i++) counts[lengths[i] as number] = (counts[lengths[i] as number] as number) + 1;
  const used = to - from - (counts[0] as number);
  counts[0] = 0;
  const places = new Uint16Array(17);
  let room = 1;
  for (let length = 1; length < 16; length++) {
    const count = counts[length] as number;
    places[length + 1] = (places[length] as number) + count;
    room = room * 2 - count;
    if (room < 0) throw new Broken();
  }
  if (room > 0 && used > 0 && !(used === 1 && counts[1] === 1)) throw new Broken();
  const symbols = new Uint16Array(used);
  for (let i = from; i < to; i++) {
    const length = lengths[i] as number;
    if (length === 0) continue;
    const place = places[length] as number;
    places[length] = place + 1;
    symbols[place] = i - from;
  }
  return { counts, symbols };
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, i) =>
  i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8,
);
const FIXED_LITERALS = makeCode(fixedLengths, 0, 288);
const FIXED_DISTANCES = makeCode(new Uint8Array(32).fill(5), 0, 32);

/** Extra bits of each length and distance symbol; the last length, 258, has none (3.2.5). */
const LENGTH_BITS = Uint8Array.from({ length: 29 }, (_, i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
const DISTANCE_BITS = Uint8Array.from({ length: 30 }, (_, i) => (i < 4 ? 0 : (i >> 1) - 1));

/** Each base is the one before and what its extra bits reach. */
function bases(first: number, bits: Uint8Array): Uint16Array {
  let next = first;
  return Uint16Array.from(bits, (extra) => {
    const base = next;
    next += 1 << extra;
    return base;
  });
}
const LENGTH_BASES = bases(3, LENGTH_BITS);
LENGTH_BASES[28] = 258;
const DISTANCE_BASES = bases(1, DISTANCE_BITS);

class Inflater {
  private at = 0;
  /** Bits read from the bytes and not yet used, the next one lowest. */
  private held = 0;
  private count = 0;
  private length = 0;
  private readonly bytes: Uint8Array;
  private readonly out: Uint8Array;

  constructor(bytes: Uint8Array, limit: number) {
    this.bytes = bytes;
    this.out = new Uint8Array(limit);
  }

  stream(): Uint8Array {
    const method = this.byte();
    const flags = this.byte();
    // Deflate with a window of at most 32 KiB, no preset dictionary (RFC 1950, 2.2).
    if ((method & 15) !== 8 || method >> 4 > 7 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0)
      throw new Broken();
    let last: number;
    do {
      last = this.bits(1);
      const type = this.bits(2);
      if (type === 0) this.stored();
      else if (type === 1) this.codes(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.dynamic();
      else throw new Broken();
    } while (last === 0);
    this.held = this.count = 0;
    const high = this.byte() * 256 + this.byte();
    const low = this.byte() * 256 + this.byte();
    const result = this.out.subarray(0, this.length);
    // What follows the end of the stream is no part of it, so it is not let through.
    if (!isAdler32(result, high, low) || this.at !== this.bytes.length) throw new Broken();
    return result;
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Broken();
    return byte;
  }

  private bits(wanted: number): number {
    while (this.count < wanted) {
      this.held |= this.byte() << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << wanted) - 1);
    this.held >>>= wanted;
    this.count -= wanted;
    return value;
  }

  private put(byte: number): void {
    if (this.length === this.out.length) throw new Broken();
    this.out[this.length++] = byte;
  }

  /** The next symbol, bit by bit: codes are short, and most of a shard is one of them over and over. */
  private symbol({ counts, symbols }: Code): number {
    let { held, count } = this;
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      if (count === 0) {
        held = this.byte();
        count = 8;
      }
      code |= held & 1;
      held >>>= 1;
      count--;
      const codes = counts[length] as number;
      if (code - first < codes) {
        this.held = held;
        this.count = count;
        return symbols[index + code - first] as number;
      }
      index += codes;
      first = (first + codes) << 1;
      code <<= 1;
    }
    throw new Broken();
  }

  private stored(): void {
    // Never more than seven bits are held, so what is left of the byte is dropped with them.
    this.held = this.count = 0;
    const length = this.byte() | (this.byte() << 8);
    const complement = this.byte() | (this.byte() << 8);
    if (length !== (~complement & 0xffff)) throw new Broken();
    for (let i = 0; i < length; i++) this.put(this.byte());
  }

  private dynamic(): void {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const used = this.bits(4) + 4;
    // Beyond these, symbols stand for nothing (3.2.5).
    if (literals > 286 || distances > 30) throw new Broken();
    const lengths = new Uint8Array(19);
    for (const place of LENGTH_ORDER.slice(0, used)) lengths[place] = this.bits(3);
    const code = makeCode(lengths, 0, 19);
    const all = new Uint8Array(literals + distances);
    let filled = 0;
    while (filled < all.length) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        all[filled++] = symbol;
        continue;
      }
      if (symbol === 16 && filled === 0) throw new Broken();
      const value = symbol === 16 ? (all[filled - 1] as number) : 0;
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      if (filled + times > all.length) throw new Broken();
      all.fill(value, filled, filled + times);
      filled += times;
    }
    if (all[END_OF_BLOCK] === 0) throw new Broken();
    this.codes(makeCode(all, 0, literals), makeCode(all, literals, all.length));
  }

  private codes(literals: Code, distances: Code): void {
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) this.put(symbol);
      else this.copy(symbol - END_OF_BLOCK - 1, distances);
    }
  }

  private copy(place: number, distances: Code): void {
    const base = LENGTH_BASES[place];
    if (base === undefined) throw new Broken();
    const length = base + this.bits(LENGTH_BITS[place] as number);
    const symbol = this.symbol(distances);
    const far = DISTANCE_BASES[symbol];
    if (far === undefined) throw new Broken();
    const { out } = this;
    const to = this.length;
    const from = to - far - this.bits(DISTANCE_BITS[symbol] as number);
    if (from < 0 || to + length > out.length) throw new Broken();
    if (from + length <= to) out.copyWithin(to, from, from + length);
    else if (from + 1 === to) out.fill(out[from] as number, to, to + length);
    // Byte by byte, since this copy runs into what it has just written.
    else for (let i = 0; i < length; i++) out[to + i] = out[from + i] as number;
    this.length = to + length;
  }
}

/** Whether the Adler-32 of the bytes has these halves (RFC 1950, 8.2). */
function isAdler32(bytes: Uint8Array, high: number, low: number): boolean {
  let a = 1;
  let b = 0;
  // 3,800 sums of bytes stay below 2^31, so the remainder is taken but now and then.
  for (let start = 0; start < bytes.length; start += 3800) {
    const end = Math.min(start + 3800, bytes.length);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return a === low && b === high;
}

/**
 * The bytes of a zlib stream (RFC 1950 and 1951), or undefined when it is broken or holds more than `limit` bytes.
 *
 * Our own, because it has to be synchronous in a browser, and exact: Node's takes rubbish behind the stream for granted.
 */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return new Inflater(bytes, limit).stream();
  } catch {
    return undefined;
  }
}
