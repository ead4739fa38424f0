/** What to insert at a place in the code. */
export const Injection = {
  /** Subtract the weight, and stop the canister if nothing is left: at function entry. */
  entryCharge: 0,
  /** Subtract the weight. */
  charge: 1,
  /** Subtract the i32 on the stack, the size of the bulk instruction that follows, and check. */
  chargeOperand32: 2,
  /** The same for an i64. */
  chargeOperand64: 3,
  /** Set the flag global to 1: the instruction before dropped a segment. */
  setFlag: 4,
  /** The weight and the check at a loop head. */
  loopCharge: 5,
  /** Read the counter again: the function that was called before has charged for itself. */
  reload: 6,
  /** In the place of a static offset: the same where the canister's memory lies. */
  offset: 7,
  /** Keep address and value of the store that follows, which stores a value of that type. */
  storeI32: 8,
  storeI64: 9,
  storeF32: 10,
  storeF64: 11,
  storeV128: 12,
  /** Mark what the store before it, of that static offset, has written to. */
  mark: 13,
  /** Take off what the size of memory has for the host. */
  memorySize: 14,
  /** In the place of these instructions: calls of functions for them, of the last one for that data segment. */
  memoryGrow: 15,
  memoryCopy: 16,
  memoryFill: 17,
  memoryInit: 18,
} as const;

/** Whether what is inserted is about memory, and not about instructions. */
export function isMemoryInjection(kind: number): boolean {
  return kind >= Injection.offset;
}

/** The places of one function body where something is inserted or replaced, in order. One list serves all functions in turn. */
export class InjectionPoints {
  readonly positions: number[] = [];
  /** Where the code goes on: the position, or where ends what is replaced. */
  readonly ends: number[] = [];
  readonly kinds: number[] = [];
  /** The weight to charge, the flag's global index, the offset, or the segment. */
  readonly values: number[] = [];

  get length(): number {
    return this.positions.length;
  }

  clear(): void {
    this.positions.length = 0;
    this.ends.length = 0;
    this.kinds.length = 0;
    this.values.length = 0;
  }

  /** Adds a place and gives its index, so that a block's weight can be filled in at the block's end. */
  add(position: number, kind: number, value: number): number {
    return this.replace(position, position, kind, value);
  }

  /** The same in the place of what lies between the position and the end. */
  replace(position: number, end: number, kind: number, value: number): number {
    this.positions.push(position);
    this.ends.push(end);
    this.kinds.push(kind);
    return this.values.push(value) - 1;
  }
}
