/**
 * What the core cannot do by itself; `@counterfoil/verifier/node` and `@counterfoil/verifier/portable` each bring one.
 *
 * An engine is plain mathematics: it never throws for what it is given, and what is refused beyond
 * the mathematics (small orders, malleable signatures) is refused in the core, alike for every engine.
 */
export interface Engine {
  readonly name: string;
  /** Whether the 64-byte signature of the message holds under the 32-byte key (RFC 8032, 5.1.7). */
  readonly verifyEd25519: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
  /** 32 bytes (FIPS 180-4). */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}
