/** The type codes of Candid's binary format (Candid specification, "Binary Format", T and S). */
export const TypeCode = {
  null: -1,
  bool: -2,
  nat: -3,
  int: -4,
  nat8: -5,
  nat16: -6,
  nat32: -7,
  nat64: -8,
  int8: -9,
  int16: -10,
  int32: -11,
  int64: -12,
  float32: -13,
  float64: -14,
  text: -15,
  reserved: -16,
  empty: -17,
  opt: -18,
  vec: -19,
  record: -20,
  variant: -21,
  func: -22,
  service: -23,
  principal: -24,
} as const;

const NAMES = new Map<number, string>(Object.entries(TypeCode).map(([name, code]) => [code, name]));

/** The name of a type code, for messages. */
export function typeName(code: number): string {
  return NAMES.get(code) ?? `type ${code}`;
}

/** How many bytes a value of a fixed-size numeric type takes; undefined for every other type. */
export const FIXED_SIZES: ReadonlyMap<number, number> = new Map<number, number>([
  [TypeCode.nat8, 1],
  [TypeCode.nat16, 2],
  [TypeCode.nat32, 4],
  [TypeCode.nat64, 8],
  [TypeCode.int8, 1],
  [TypeCode.int16, 2],
  [TypeCode.int32, 4],
  [TypeCode.int64, 8],
  [TypeCode.float32, 4],
  [TypeCode.float64, 8],
]);

/** Candid's hash of a field's or a variant's name; a number stands for itself (Candid specification, "Records"). */
export function labelHash(label: string): number {
  if (/^\d+$/.test(label)) return Number(label);
  let hash = 0;
  for (let i = 0; i < label.length; i++) hash = (Math.imul(hash, 223) + label.charCodeAt(i)) >>> 0;
  return hash;
}
