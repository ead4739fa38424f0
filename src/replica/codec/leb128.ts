/** The shortest unsigned LEB128 encoding of a natural number. Throws a RangeError below zero. */
export function encodeUnsignedLeb128(value: bigint): Uint8Array {
  if (value < 0n) throw new RangeError('unsigned LEB128 has no negative numbers');
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** The shortest signed LEB128 encoding of an integer. */
export function encodeSignedLeb128(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -0x40n || rest >= 0x40n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest & 0x7fn));
  return Uint8Array.from(bytes);
}
