import type { Additions } from './additions.ts';
import { ByteWriter } from './byte-writer.ts';
import { Injection } from './injection-points.ts';
import { BulkOpcode, emptyBlockType, Opcode } from './opcodes.ts';
import { codesByType } from './value-types.ts';

const isNegative = [Opcode.i64Const, 0, Opcode.i64LessSigned];
const stopIf = [Opcode.if, emptyBlockType, Opcode.unreachable, Opcode.end];

/**
 * Writes the code that metering inserts. The counter is a global, and each function has a copy of it in a local: a
 * charge computes with the copy and stores it, so that it does not wait for the store of the charge before, and the
 * global is exact wherever the code traps. What traps when the counter runs out is `unreachable`.
 */
export class ChargeCode {
  readonly #additions: Additions;
  readonly #getCounter: readonly number[];
  readonly #setCounter: readonly number[];
  #getCopy: readonly number[] = [];
  #keepCopy: readonly number[] = [];
  #reload: readonly number[] = [];
  #chargeFunction: readonly number[] | undefined;

  constructor(additions: Additions, counter: number) {
    this.#additions = additions;
    this.#getCounter = withIndex(Opcode.globalGet, counter);
    this.#setCounter = withIndex(Opcode.globalSet, counter);
  }

  /** Begins a function; gives the types of the locals that it needs, from the index `local` on. */
  enterFunction(local: number): readonly number[] {
    this.#getCopy = withIndex(Opcode.localGet, local);
    this.#keepCopy = [...withIndex(Opcode.localTee, local), ...this.#setCounter];
    this.#reload = [...this.#getCounter, ...withIndex(Opcode.localSet, local)];
    return [codesByType.i64];
  }

  /** Writes what belongs at an injection point. */
  write(out: ByteWriter, kind: number, value: number): void {
    switch (kind) {
      case Injection.entryCharge:
        this.#writeCharge(out, this.#getCounter, value);
        this.#writeCheck(out);
        return;
      case Injection.loopCharge:
        this.#writeCharge(out, this.#getCopy, value);
        this.#writeCheck(out);
        return;
      case Injection.charge:
        if (value > 0) this.#writeCharge(out, this.#getCopy, value);
        return;
      case Injection.chargeOperand32:
        out.byte(Opcode.i64ExtendI32Unsigned).bytes(this.#callCharge()).byte(Opcode.i32WrapI64);
        out.bytes(this.#reload);
        return;
      case Injection.chargeOperand64:
        out.bytes(this.#callCharge()).bytes(this.#reload);
        return;
      case Injection.reload:
        out.bytes(this.#reload);
        return;
      case Injection.setFlag:
        out.bytes([Opcode.i32Const, 1, Opcode.globalSet]).unsigned(value);
        return;
      default:
        throw new RangeError(`no injection of kind ${kind}`);
    }
  }

  /** Adds the function (f64) -> () by which the host charges, and gives its index. */
  addHostFunction(): number {
    const toInteger = [Opcode.bulkPrefix, BulkOpcode.i64TruncateSaturatedF64];
    return this.#additions.addFunction(
      { params: ['f64'], results: [] },
      [],
      [Opcode.localGet, 0, ...toInteger, ...this.#callCharge(), Opcode.drop],
    );
  }

  #writeCharge(out: ByteWriter, from: readonly number[], weight: number): void {
    out.bytes(from).byte(Opcode.i64Const).signed(weight).byte(Opcode.i64Subtract).bytes(this.#keepCopy);
  }

  #writeCheck(out: ByteWriter): void {
    out.bytes(this.#getCopy).bytes(isNegative).bytes(stopIf);
  }

  #callCharge(): readonly number[] {
    this.#chargeFunction ??= withIndex(Opcode.call, this.#addChargeFunction());
    return this.#chargeFunction;
  }

  /**
   * Adds the function (size: i64) -> i64 that subtracts a size, checks, and gives the size back. A size so large that
   * the difference wraps around leaves the least number, so that no size can refill the counter.
   */
  #addChargeFunction(): number {
    const size = [Opcode.localGet, 0];
    const difference = 1;
    const least = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
    return this.#additions.addFunction(
      { params: ['i64'], results: ['i64'] },
      ['i64'],
      [
        ...[Opcode.i64Const, ...least],
        ...[...this.#getCounter, ...size, Opcode.i64Subtract, Opcode.localTee, difference],
        ...[Opcode.localGet, difference, ...this.#getCounter, Opcode.i64GreaterSigned, Opcode.select],
        ...this.#setCounter,
        ...[...this.#getCounter, ...isNegative, ...stopIf],
        ...size,
      ],
    );
  }
}

function withIndex(opcode: number, index: number): number[] {
  return [opcode, ...new ByteWriter(8).unsigned(index).written()];
}
