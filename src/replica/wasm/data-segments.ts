import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type ConstantContext, readConstant } from './constant-expression.ts';
import { type MemoryLayout, shifted } from './memory-layout.ts';
import { ModuleError } from './module-error.ts';
import { Opcode } from './opcodes.ts';

const passive = 1;
/** Active, in a memory that it names. */
const explicit = 2;

/** Writes a data section anew with the active segments where the layout puts the canister's memory. */
export function shiftDataSegments(
  section: Uint8Array,
  layout: MemoryLayout,
  context: ConstantContext,
): Uint8Array {
  const reader = new ByteReader(section);
  const out = new ByteWriter(section.length + 1024);
  const count = reader.u32();
  out.unsigned(count);
  for (let i = 0; i < count; i++) {
    const kind = reader.u32();
    if (kind > explicit) {
      throw new ModuleError('unsupported', `The module has a data segment of an unknown kind (${kind}).`);
    }
    out.unsigned(kind);
    if (kind === explicit) out.unsigned(reader.u32());
    if (kind !== passive) writeStart(out, readConstant(reader, context), layout);
    const length = reader.u32();
    out.unsigned(length).bytes(reader.take(length));
  }
  if (reader.position !== section.length) {
    throw new ModuleError('malformed', 'The data section has bytes after its last segment.');
  }
  return out.written();
}

function writeStart(out: ByteWriter, start: bigint | undefined, layout: MemoryLayout): void {
  if (start === undefined)
    throw new ModuleError('invalid', 'A data segment starts at something else than a number.');
  const address = shifted(Number(start), layout);
  // A constant of 32 bits is signed.
  if (layout.is64) out.byte(Opcode.i64Const).signed(address);
  else out.byte(Opcode.i32Const).signed(address | 0);
  out.byte(Opcode.end);
}
