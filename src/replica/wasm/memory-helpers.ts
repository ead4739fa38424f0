import type { Additions } from './additions.ts';
import { ByteWriter } from './byte-writer.ts';
import { Injection } from './injection-points.ts';
import { hiddenPages, MARK_SHIFT, type MemoryLayout } from './memory-layout.ts';
import { BulkOpcode, emptyBlockType, Opcode } from './opcodes.ts';
import type { ValueType } from './prepared-module.ts';

const minusOne = 0x7f;

/** The opcodes for the memory's addresses. */
const instructions32 = {
  constant: Opcode.i32Const,
  add: Opcode.i32Add,
  subtract: Opcode.i32Subtract,
  shiftRight: Opcode.i32ShiftRightUnsigned,
  isZero: Opcode.i32EqualsZero,
  notEqual: Opcode.i32NotEqual,
  atLeast: Opcode.i32GreaterOrEqualUnsigned,
} as const;
const instructions64 = {
  constant: Opcode.i64Const,
  add: Opcode.i64Add,
  subtract: Opcode.i64Subtract,
  shiftRight: Opcode.i64ShiftRightUnsigned,
  isZero: Opcode.i64EqualsZero,
  notEqual: Opcode.i64NotEqual,
  atLeast: Opcode.i64GreaterOrEqualUnsigned,
} as const;

/** The functions that stand for a module's instructions on memory as a whole; each is added when it is first asked for. */
export class MemoryHelpers {
  readonly #additions: Additions;
  readonly #functions = new Map<string, number>();
  readonly #address: ValueType;
  readonly #op: typeof instructions32 | typeof instructions64;
  readonly #shift: readonly number[];
  #mark: readonly number[] | undefined;
  /** Makes a page's number of an address. */
  readonly toPage: readonly number[];
  /** Makes the canister's size of memory of the engine's. */
  readonly withoutHidden: readonly number[];

  constructor(additions: Additions, layout: MemoryLayout) {
    this.#additions = additions;
    this.#address = layout.is64 ? 'i64' : 'i32';
    this.#op = layout.is64 ? instructions64 : instructions32;
    const { constant, subtract, shiftRight } = this.#op;
    this.#shift = [constant, ...signed(layout.shift)];
    this.toPage = [constant, MARK_SHIFT, shiftRight];
    this.withoutHidden = [constant, ...signed(hiddenPages(layout)), subtract];
  }

  /** The index of the function for such an injection; `segment` says which data memory.init takes. */
  function(kind: number, segment: number): number {
    const key = `${kind} ${segment}`;
    const known = this.#functions.get(key);
    if (known !== undefined) return known;
    const added = this.#add(kind, segment);
    this.#functions.set(key, added);
    return added;
  }

  #add(kind: number, segment: number): number {
    switch (kind) {
      case Injection.memoryGrow:
        return this.#addGrow();
      case Injection.memoryCopy:
        return this.#addBulk([BulkOpcode.memoryCopy, 0, 0], this.#address, this.#address);
      case Injection.memoryFill:
        return this.#addBulk([BulkOpcode.memoryFill, 0], 'i32', this.#address);
      case Injection.memoryInit:
        return this.#addBulk([BulkOpcode.memoryInit, ...unsigned(segment), 0], 'i32', 'i32');
      default:
        throw new RangeError(`no function for injections of kind ${kind}`);
    }
  }

  /** Adds the function (pages) -> pages before, or -1. */
  #addGrow(): number {
    const [pages, before] = [0, 1];
    const { constant, notEqual } = this.#op;
    return this.#additions.addFunction(
      { params: [this.#address], results: [this.#address] },
      [this.#address],
      [
        ...[Opcode.localGet, pages, Opcode.memoryGrow, 0, Opcode.localTee, before],
        ...[...this.withoutHidden, constant, minusOne],
        ...[Opcode.localGet, before, constant, minusOne, notEqual, Opcode.select],
      ],
    );
  }

  /** Adds the function (target, source or value, size) for an instruction after the prefix 0xfc, which marks what that wrote. */
  #addBulk(
    instruction: readonly [opcode: number, ...immediates: number[]],
    second: ValueType,
    size: ValueType,
  ): number {
    const isCopy = instruction[0] === BulkOpcode.memoryCopy;
    const extend = size === this.#address ? [] : [Opcode.i64ExtendI32Unsigned];
    return this.#additions.addFunction(
      { params: [this.#address, second, size], results: [] },
      [],
      [
        ...this.#shifted(0),
        ...(isCopy ? this.#shifted(1) : [Opcode.localGet, 1]),
        ...[Opcode.localGet, 2, Opcode.bulkPrefix, ...instruction],
        ...[Opcode.localGet, 0, Opcode.localGet, 2, ...extend, ...this.#callMark()],
      ],
    );
  }

  /** An address as it is for the engine; the largest of all, which no memory has, where that does not fit. */
  #shifted(local: number): readonly number[] {
    const { constant, add, atLeast } = this.#op;
    const sum = [Opcode.localGet, local, ...this.#shift, add];
    return [...sum, constant, minusOne, ...sum, ...this.#shift, atLeast, Opcode.select];
  }

  #callMark(): readonly number[] {
    this.#mark ??= [Opcode.call, ...unsigned(this.#addMark())];
    return this.#mark;
  }

  /** Adds the function (start, size) that marks all pages of some bytes that lie within the memory. */
  #addMark(): number {
    const [start, size, last] = [0, 1, 2];
    const { constant, add, isZero, atLeast } = this.#op;
    return this.#additions.addFunction(
      { params: [this.#address, this.#address], results: [] },
      [this.#address],
      [
        ...[Opcode.localGet, size, isZero, Opcode.if, emptyBlockType, Opcode.return, Opcode.end],
        ...[Opcode.localGet, start, Opcode.localGet, size, add, constant, minusOne, add],
        ...[...this.toPage, Opcode.localSet, last],
        ...[Opcode.localGet, start, ...this.toPage, Opcode.localSet, start],
        ...[Opcode.loop, emptyBlockType],
        ...[Opcode.localGet, start, Opcode.i32Const, 1, Opcode.i32Store8, 0, 0],
        ...[Opcode.localGet, last, Opcode.localGet, start, constant, 1, add, Opcode.localTee, start],
        ...[atLeast, Opcode.brIf, 0, Opcode.end],
      ],
    );
  }
}

function unsigned(value: number): readonly number[] {
  return [...new ByteWriter(8).unsigned(value).written()];
}

function signed(value: number): readonly number[] {
  return [...new ByteWriter(8).signed(value).written()];
}
