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
} as const;

/** The places of one function body where something is inserted, in order. One list serves all functions in turn. */
export class InjectionPoints {
  readonly positions: number[] = [];
  readonly kinds: number[] = [];
  /** The weight to charge, or the flag's global index. */
  readonly values: number[] = [];

  get length(): number {
    return this.positions.length;
  }

  clear(): void {
    this.positions.length = 0;
    this.kinds.length = 0;
    this.values.length = 0;
  }

  /** Adds a place and gives its index, so that a block's weight can be filled in at the block's end. */
  add(position: number, kind: number, value: number): number {
    this.positions.push(position);
    this.kinds.push(kind);
    return this.values.push(value) - 1;
  }
}
