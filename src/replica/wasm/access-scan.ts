import type { ByteReader } from './byte-reader.ts';
import { skipAlignment } from './immediate-reader.ts';
import { Injection, type InjectionPoints } from './injection-points.ts';
import { Opcode, VectorOpcode } from './opcodes.ts';

/** By opcode, the injection before a store; 0 for loads. */
const storeKinds = new Uint8Array(256);
for (const [kind, opcodes] of [
  [Injection.storeI32, [Opcode.i32Store, Opcode.i32Store8, Opcode.i32Store16]],
  [Injection.storeI64, [Opcode.i64Store, Opcode.i64Store8, Opcode.i64Store16, Opcode.i64Store32]],
  [Injection.storeF32, [Opcode.f32Store]],
  [Injection.storeF64, [Opcode.f64Store]],
] as const) {
  for (const opcode of opcodes) storeKinds[opcode] = kind;
}

/** Scans a load or a store from after its opcode on. */
export function scanAccess(opcode: number, reader: ByteReader, points: InjectionPoints): void {
  const store = storeKinds[opcode] ?? 0;
  if (store !== 0) points.add(reader.position - 1, store, 0);
  const offset = scanOffset(reader, points);
  if (store !== 0) points.add(reader.position, Injection.mark, offset);
}

/** The same for one after the prefix 0xfd, which begins at `start`. */
export function scanVectorAccess(
  second: number,
  start: number,
  reader: ByteReader,
  points: InjectionPoints,
): void {
  const storesLane = second >= VectorOpcode.store8Lane && second <= VectorOpcode.store64Lane;
  const hasLane = storesLane || (second >= VectorOpcode.load8Lane && second <= VectorOpcode.load64Lane);
  const isStore = storesLane || second === VectorOpcode.store;
  if (isStore) points.add(start, Injection.storeV128, 0);
  const offset = scanOffset(reader, points);
  if (hasLane) reader.skip(1);
  if (isStore) points.add(reader.position, Injection.mark, offset);
}

function scanOffset(reader: ByteReader, points: InjectionPoints): number {
  skipAlignment(reader);
  const start = reader.position;
  const offset = reader.u64();
  points.replace(start, reader.position, Injection.offset, offset);
  return offset;
}
