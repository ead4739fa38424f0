/**
 * The part of the WebAssembly JavaScript interface that the network uses. TypeScript declares it only together
 * with the browser's globals, which are kept out of this project's server side.
 */
declare namespace WebAssembly {
  type ExportValue = Function | Memory | Table | Global;

  /** A function of an instance: i64 is bigint, other numbers are number, several results come as an array. */
  type Function = (...args: (number | bigint)[]) => unknown;

  class Module {
    constructor(bytes: Uint8Array);
    readonly [Symbol.toStringTag]: string;
  }

  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, Function>>);
    readonly exports: Readonly<Record<string, ExportValue>>;
  }

  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB; takes and gives bigint for a 64-bit memory. Throws RangeError when it cannot grow. */
    grow<T extends number | bigint>(delta: T): T;
  }

  /** Indices and lengths are bigint for a table that is addressed by i64. */
  class Table {
    constructor(descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number });
    readonly length: number | bigint;
    get(index: number | bigint): Function | null;
    set(index: number | bigint, value: Function | null): void;
    grow(delta: number | bigint): number | bigint;
  }

  class Global {
    constructor(
      descriptor: { value: 'i32' | 'i64' | 'f32' | 'f64' | 'anyfunc'; mutable?: boolean },
      value?: unknown,
    );
    value: unknown;
  }

  class CompileError extends Error {}
  class LinkError extends Error {}
  /** A trap. */
  class RuntimeError extends Error {}

  /** Whether the engine accepts the module. */
  function validate(bytes: Uint8Array): boolean;
}
