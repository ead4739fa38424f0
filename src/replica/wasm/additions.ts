import { ByteWriter } from './byte-writer.ts';
import type { Declarations, ExportKind } from './declarations.ts';
import { Opcode } from './opcodes.ts';
import type { FunctionType, ValueType } from './prepared-module.ts';
import { codesByType, sameFunctionType } from './value-types.ts';

const exportKindCodes: Readonly<Record<ExportKind, number>> = { function: 0, table: 1, memory: 2, global: 3 };

/** Items to append to a section, already encoded. */
export interface AppendedItems {
  readonly count: number;
  readonly bytes: Uint8Array;
}

class ItemList implements AppendedItems {
  count = 0;
  readonly writer = new ByteWriter();

  get bytes(): Uint8Array {
    return this.writer.written();
  }
}

/**
 * The types, functions, globals and exports that instrumentation adds to a module. They come after the module's own,
 * so that none of those changes its index.
 */
export class Additions {
  readonly types = new ItemList();
  readonly functions = new ItemList();
  readonly globals = new ItemList();
  readonly exports = new ItemList();
  readonly code = new ItemList();
  readonly #types: FunctionType[];
  readonly #firstFunction: number;
  readonly #firstGlobal: number;

  constructor(declarations: Declarations) {
    this.#types = [...declarations.types];
    this.#firstFunction = declarations.imports.length + declarations.definedFunctions.length;
    this.#firstGlobal = declarations.globals.length;
  }

  /** Adds a mutable global, zero at first, and gives its index. */
  addGlobal(type: 'i32' | 'i64'): number {
    const constant = type === 'i32' ? Opcode.i32Const : Opcode.i64Const;
    this.globals.writer.bytes([codesByType[type], 1, constant, 0, Opcode.end]);
    return this.#firstGlobal + this.globals.count++;
  }

  /** Adds a function of the given type, locals and instructions (without the last `end`), and gives its index. */
  addFunction(type: FunctionType, locals: readonly ValueType[], instructions: readonly number[]): number {
    this.functions.writer.unsigned(this.#typeIndex(type));
    const body = new ByteWriter().unsigned(locals.length);
    for (const local of locals) body.unsigned(1).byte(codesByType[local]);
    body.bytes(instructions).byte(Opcode.end);
    this.code.writer.unsigned(body.length).bytes(body.written());
    this.code.count++;
    return this.#firstFunction + this.functions.count++;
  }

  /** Exports an item, the module's or an added one. */
  addExport(name: string, kind: ExportKind, index: number): void {
    this.exports.writer.name(name).byte(exportKindCodes[kind]).unsigned(index);
    this.exports.count++;
  }

  #typeIndex(type: FunctionType): number {
    const known = this.#types.findIndex((other) => sameFunctionType(other, type));
    if (known >= 0) return known;
    this.types.writer.byte(0x60);
    for (const list of [type.params, type.results]) {
      this.types.writer.unsigned(list.length).bytes(list.map((item) => codesByType[item]));
    }
    this.types.count++;
    return this.#types.push(type) - 1;
  }
}
