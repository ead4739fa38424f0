import type { Additions } from './additions.ts';
import { ByteWriter } from './byte-writer.ts';
import { Opcode, VectorOpcode } from './opcodes.ts';
import type { ValueType } from './prepared-module.ts';

/**
 * Adds and exports `get <name>` and `set <name>`, which carry the bits of a global in i64s. JavaScript cannot read a
 * v128 at all, and may change the bits of a NaN.
 */
export function addBitAccess(
  additions: Additions,
  name: string,
  global: number,
  type: 'f32' | 'f64' | 'v128',
): void {
  const get = [...new ByteWriter().byte(Opcode.globalGet).unsigned(global).written()];
  const set = [...new ByteWriter().byte(Opcode.globalSet).unsigned(global).written()];
  const { toBits, fromBits } = conversions(get)[type];
  const bits: ValueType[] = type === 'v128' ? ['i64', 'i64'] : ['i64'];
  const getter = additions.addFunction({ params: [], results: bits }, [], toBits);
  const setter = additions.addFunction({ params: bits, results: [] }, [], [...fromBits, ...set]);
  additions.addExport(`get ${name}`, 'function', getter);
  additions.addExport(`set ${name}`, 'function', setter);
}

function conversions(get: readonly number[]) {
  const low = [Opcode.localGet, 0];
  const high = [Opcode.localGet, 1];
  const extract = [Opcode.vectorPrefix, VectorOpcode.i64x2ExtractLane];
  return {
    f32: {
      toBits: [...get, Opcode.i32ReinterpretF32, Opcode.i64ExtendI32Unsigned],
      fromBits: [...low, Opcode.i32WrapI64, Opcode.f32ReinterpretI32],
    },
    f64: {
      toBits: [...get, Opcode.i64ReinterpretF64],
      fromBits: [...low, Opcode.f64ReinterpretI64],
    },
    v128: {
      toBits: [...get, ...extract, 0, ...get, ...extract, 1],
      fromBits: [
        ...[...low, Opcode.vectorPrefix, VectorOpcode.i64x2Splat],
        ...[...high, Opcode.vectorPrefix, VectorOpcode.i64x2ReplaceLane, 1],
      ],
    },
  };
}
