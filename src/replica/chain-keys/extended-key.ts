/** A key from which keys below it are derived, with its secret: the network of one node holds the whole of it. */
export interface ExtendedKey {
  /** A number below the order of the curve's group, and not 0. */
  readonly secret: bigint;
  /** As the curve has it: SEC 1, compressed, or RFC 8032. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, with which anyone derives the public keys below this one. */
  readonly chainCode: Uint8Array;
}

/** How keys of a kind are made. */
export interface KeyDerivation {
  /** The key at the top, of 64 random bytes; its chain code is 32 zeros, so that it need not be told. */
  readonly master: (random: Uint8Array) => ExtendedKey;
  /** The key below another at an index of any bytes. */
  readonly child: (parent: ExtendedKey, index: Uint8Array) => ExtendedKey;
}

/** The chain code of a master key. */
export const MASTER_CHAIN_CODE = new Uint8Array(32);

/** Bytes as a number, the most significant first. */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** A number below 2^256 as 32 bytes, the most significant first. */
export function to32Bytes(number: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 31, rest = number; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}
