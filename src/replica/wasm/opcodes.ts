/** The opcodes that instrumentation looks for or writes ("Binary Format: Instructions"). */
export const Opcode = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  tableSet: 0x26,
  i32Const: 0x41,
  i64Const: 0x42,
  i64LessSigned: 0x53,
  i64GreaterSigned: 0x55,
  i64Subtract: 0x7d,
  i32WrapI64: 0xa7,
  i64ExtendI32Unsigned: 0xad,
  i32ReinterpretF32: 0xbc,
  i64ReinterpretF64: 0xbd,
  f32ReinterpretI32: 0xbe,
  f64ReinterpretI64: 0xbf,
  refFunc: 0xd2,
  bulkPrefix: 0xfc,
  vectorPrefix: 0xfd,
} as const;

/** Opcodes after the prefix 0xfc. */
export const BulkOpcode = {
  i64TruncateSaturatedF64: 6,
  memoryInit: 8,
  dataDrop: 9,
  memoryCopy: 10,
  memoryFill: 11,
  tableInit: 12,
  elemDrop: 13,
  tableCopy: 14,
  tableGrow: 15,
  tableFill: 17,
} as const;

/** Opcodes after the prefix 0xfd. */
export const VectorOpcode = {
  i64x2Splat: 18,
  i64x2ExtractLane: 29,
  i64x2ReplaceLane: 30,
} as const;

/** The block type of a block without parameters or results. */
export const emptyBlockType = 0x40;
