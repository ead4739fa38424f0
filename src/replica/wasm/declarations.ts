import { ByteReader } from './byte-reader.ts';
import { readConstant } from './constant-expression.ts';
import { readElementSegments } from './element-segments.ts';
import { ModuleError } from './module-error.ts';
import type { FunctionType, ValueType } from './prepared-module.ts';
import { SectionId, type Sections } from './sections.ts';
import { readFunctionTypes, readValueType, readVector } from './value-types.ts';

export interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly typeIndex: number;
}

/** The size of a memory (in pages) or a table (in elements); 64-bit ones are addressed by i64. */
export interface Limits {
  readonly initial: number;
  readonly maximum: number | undefined;
  readonly is64: boolean;
}

export interface TableDeclaration extends Limits {
  readonly elementType: ValueType;
}

export interface GlobalDeclaration {
  readonly type: ValueType;
  readonly mutable: boolean;
  /** What it is at first, if that is an integer: unsigned. */
  readonly initial: bigint | undefined;
}

export type ExportKind = 'function' | 'table' | 'memory' | 'global';

export interface ExportDeclaration {
  readonly name: string;
  readonly kind: ExportKind;
  readonly index: number;
}

/** What a module declares outside of its code. Indices are those of the module; imported functions come first. */
export interface Declarations {
  readonly types: readonly FunctionType[];
  readonly imports: readonly ImportedFunction[];
  /** The type index of each function that the module defines. */
  readonly definedFunctions: readonly number[];
  readonly tables: readonly TableDeclaration[];
  readonly memories: readonly Limits[];
  readonly globals: readonly GlobalDeclaration[];
  readonly exports: readonly ExportDeclaration[];
  readonly start: number | undefined;
  /** Functions that the declarations make references to. */
  readonly referencedFunctions: ReadonlySet<number>;
}

/** Reads all sections but code and data; a `ModuleError` if they cannot be read or use what canisters cannot. */
export function readDeclarations(sections: Sections): Declarations {
  const referencedFunctions = new Set<number>();
  const addReference = (index: number) => void referencedFunctions.add(index);

  function read<T>(id: number, readContent: (reader: ByteReader) => T): T | undefined {
    const content = sections.standard.get(id);
    if (content === undefined) return undefined;
    const reader = new ByteReader(content);
    const result = readContent(reader);
    if (reader.position !== content.length) {
      throw new ModuleError('malformed', `Section ${id} has bytes after its last item.`);
    }
    return result;
  }

  function list<T>(id: number, readItem: (reader: ByteReader) => T): readonly T[] {
    return read(id, (reader) => readVector(reader, () => readItem(reader))) ?? [];
  }

  function readGlobals(): readonly GlobalDeclaration[] {
    const globals: GlobalDeclaration[] = [];
    list(SectionId.global, (reader) => {
      const global = { type: readValueType(reader), mutable: readMutability(reader) };
      globals.push({ ...global, initial: readConstant(reader, { globals, onReference: addReference }) });
    });
    return globals;
  }

  read(SectionId.element, (reader) => readElementSegments(reader, addReference));
  return {
    types: read(SectionId.type, readFunctionTypes) ?? [],
    imports: list(SectionId.import, readImport),
    definedFunctions: list(SectionId.function, (reader) => reader.u32()),
    tables: list(SectionId.table, readTable),
    memories: list(SectionId.memory, readLimits),
    globals: readGlobals(),
    exports: list(SectionId.export, readExport),
    start: read(SectionId.start, (reader) => reader.u32()),
    referencedFunctions,
  };
}

function readImport(reader: ByteReader): ImportedFunction {
  const module = reader.name();
  const name = reader.name();
  if (reader.byte() !== 0) {
    throw new ModuleError('rule', `The module imports "${module}" "${name}", which is not a function.`);
  }
  return { module, name, typeIndex: reader.u32() };
}

function readTable(reader: ByteReader): TableDeclaration {
  const elementType = readValueType(reader);
  return { elementType, ...readLimits(reader) };
}

function readLimits(reader: ByteReader): Limits {
  const flags = reader.byte();
  if ((flags & 0x02) !== 0)
    throw new ModuleError('unsupported', 'The module declares a shared memory (threads).');
  if (flags > 0x07)
    throw new ModuleError('unsupported', `The module declares limits of an unknown kind (${flags}).`);
  const initial = reader.u64();
  const maximum = (flags & 0x01) === 0 ? undefined : reader.u64();
  return { initial, maximum, is64: (flags & 0x04) !== 0 };
}

function readMutability(reader: ByteReader): boolean {
  const flag = reader.byte();
  if (flag > 1)
    throw new ModuleError('unsupported', `The module declares a global of an unknown kind (${flag}).`);
  return flag === 1;
}

const exportKinds: readonly ExportKind[] = ['function', 'table', 'memory', 'global'];

function readExport(reader: ByteReader): ExportDeclaration {
  const name = reader.name();
  const kind = exportKinds[reader.byte()];
  if (kind === undefined) throw new ModuleError('unsupported', `The export "${name}" is of an unknown kind.`);
  return { name, kind, index: reader.u32() };
}
