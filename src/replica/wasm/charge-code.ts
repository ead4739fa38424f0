import type { Additions } from './additions.ts';
import { ByteWriter } from './byte-writer.ts';
import { Injection } from './injection-points.ts';
import { emptyBlockType, Opcode } from './opcodes.ts';

/** Writes the code that metering inserts. The counter is a global; what traps when it runs out is `unreachable`. */
export class ChargeCode {
  readonly #additions: Additions;
  readonly #getCounter: readonly number[];
  readonly #subtractAndSet: readonly number[];
  readonly #stopIfSpent: readonly number[];
  #chargeFunction: readonly number[] | undefined;

  constructor(additions: Additions, counter: number) {
    const index = leb(counter);
    this.#additions = additions;
    this.#getCounter = [Opcode.globalGet, ...index, Opcode.i64Const];
    this.#subtractAndSet = [Opcode.i64Subtract, Opcode.globalSet, ...index];
    this.#stopIfSpent = [
      ...[Opcode.globalGet, ...index, Opcode.i64Const, 0, Opcode.i64LessSigned],
      ...[Opcode.if, emptyBlockType, Opcode.unreachable, Opcode.end],
    ];
  }

  /** Writes what belongs at an injection point. */
  write(out: ByteWriter, kind: number, value: number): void {
    switch (kind) {
      case Injection.checkedCharge:
        this.#writeCharge(out, value);
        out.bytes(this.#stopIfSpent);
        return;
      case Injection.charge:
        if (value > 0) this.#writeCharge(out, value);
        return;
      case Injection.chargeOperand32:
        out.byte(Opcode.i64ExtendI32Unsigned).bytes(this.#callCharge()).byte(Opcode.i32WrapI64);
        return;
      case Injection.chargeOperand64:
        out.bytes(this.#callCharge());
        return;
      case Injection.setFlag:
        out.bytes([Opcode.i32Const, 1, Opcode.globalSet]).unsigned(value);
        return;
      default:
        throw new RangeError(`no injection of kind ${kind}`);
    }
  }

  #writeCharge(out: ByteWriter, weight: number): void {
    out.bytes(this.#getCounter).signed(weight).bytes(this.#subtractAndSet);
  }

  #callCharge(): readonly number[] {
    this.#chargeFunction ??= [Opcode.call, ...leb(this.#addChargeFunction())];
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
    const getCounter = this.#getCounter.slice(0, -1);
    const setCounter = this.#subtractAndSet.slice(1);
    return this.#additions.addFunction(
      { params: ['i64'], results: ['i64'] },
      ['i64'],
      [
        ...[Opcode.i64Const, ...least],
        ...[...getCounter, ...size, Opcode.i64Subtract, Opcode.localTee, difference],
        ...[Opcode.localGet, difference, ...getCounter, Opcode.i64GreaterSigned, Opcode.select],
        ...setCounter,
        ...this.#stopIfSpent,
        ...size,
      ],
    );
  }
}

function leb(value: number): number[] {
  return [...new ByteWriter(8).unsigned(value).written()];
}
