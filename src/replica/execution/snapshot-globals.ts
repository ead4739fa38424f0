import type { GlobalValue, NumberType } from '../state/canister-snapshot.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { VisibleGlobal } from '../wasm/prepared-module.ts';
import { CanisterInstance } from './canister-instance.ts';
import type { Instances } from './instances.ts';

/** The globals of installed code that a snapshot tells, in the order of the module. */
export function readGlobals(instances: Instances, code: InstalledCode): readonly GlobalValue[] {
  const module = instances.moduleOf(code);
  // Constants are those of any instance.
  const instance = new CanisterInstance(module);
  return module.visibleGlobals.map((global) => ({
    type: global.type,
    value:
      'position' in global
        ? fromBits(global.type, code.variables.globals[global.position] ?? 0n)
        : instance.exportedConstant(global),
  }));
}

/**
 * The variables of fresh code with the values that a snapshot tells; undefined where these are not of the module's types.
 * Constants are left as the module has them.
 */
export function withGlobals(
  { globals }: InstalledCode['variables'],
  visible: readonly VisibleGlobal[],
  values: readonly GlobalValue[],
): readonly bigint[] | undefined {
  const changed = [...globals];
  const fits = visible.length === values.length && visible.every(({ type }, i) => values[i]?.type === type);
  if (!fits) return undefined;
  for (const [i, global] of visible.entries()) {
    const told = values[i];
    if ('position' in global && told !== undefined) changed[global.position] = toBits(told);
  }
  return changed;
}

const bits = new DataView(new ArrayBuffer(8));

function fromBits(type: NumberType, value: bigint): number | bigint {
  bits.setBigUint64(0, BigInt.asUintN(64, value));
  switch (type) {
    case 'i32':
      return bits.getInt32(4);
    case 'i64':
      return bits.getBigInt64(0);
    case 'f32':
      return bits.getFloat32(4);
    case 'f64':
      return bits.getFloat64(0);
    case 'v128':
      return BigInt.asUintN(128, value);
  }
}

function toBits({ type, value }: GlobalValue): bigint {
  switch (type) {
    case 'i32':
    case 'i64':
    case 'v128':
      return BigInt(value);
    case 'f32':
      bits.setFloat32(4, Number(value));
      return BigInt(bits.getUint32(4));
    case 'f64':
      bits.setFloat64(0, Number(value));
      return bits.getBigInt64(0);
  }
}
