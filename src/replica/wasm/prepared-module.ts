/** A custom section `icp:public <name>` or `icp:private <name>` ("Custom sections"), its content copied. */
export interface CustomSection {
  readonly visibility: 'public' | 'private';
  readonly content: Uint8Array;
}

/** The entry points and methods that a module exports ("Entry points"); method names are without their prefix. */
export interface CanisterExports {
  readonly queries: ReadonlySet<string>;
  readonly updates: ReadonlySet<string>;
  readonly compositeQueries: ReadonlySet<string>;
  readonly hasInit: boolean;
  readonly hasPreUpgrade: boolean;
  readonly hasPostUpgrade: boolean;
  readonly hasInspectMessage: boolean;
  readonly hasHeartbeat: boolean;
  readonly hasGlobalTimer: boolean;
  readonly hasOnLowWasmMemory: boolean;
}

/** The types of value that a canister's globals can hold. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

/** The type of a function, as a module declares it for an import. */
export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/**
 * What instrumentation added to the module for the host; `InstanceVariables` reads and writes it. A module that
 * exports a name of this prefix itself is refused, so that no canister can stand in for an addition.
 */
export interface HostExports {
  /** The mutable i64 global that holds the instructions left. */
  readonly counter: string;
  /** The function (f64) -> () that subtracts a number of instructions, and traps if nothing is left. */
  readonly charge: string;
  /** The memory, whatever else it is exported as; undefined for a module without one. */
  readonly memory: string | undefined;
  /** The start function, taken out of the start section: the host calls it once, at install. */
  readonly start: string | undefined;
  /** Table 0, whose indices name the callbacks of calls; undefined for a module without tables. */
  readonly callbacks: TableExport | undefined;
  /** The mutable globals that a rollback must restore, dropped-segment flags last. Never the counter. */
  readonly globals: readonly GlobalExport[];
  /** The tables that the code can change, each a funcref table; all others keep what instantiation gave them. */
  readonly tables: readonly TableExport[];
  /** Functions that a saved table or global may refer to: function index to export name. Empty if none can. */
  readonly functions: ReadonlyMap<number, string>;
  /** A function that drops again each passive segment whose flag is set; undefined if none can be dropped. */
  readonly redrop: string | undefined;
}

/** An exported funcref table; one addressed by i64 takes bigint indices. */
export interface TableExport {
  readonly name: string;
  readonly is64: boolean;
}

/**
 * A mutable global: of type i32, i64 or funcref exported under `name`; of type f32, f64 or v128, whose bits
 * JavaScript cannot carry, as the two functions `get <name>` and `set <name>`, in one or two (low, high) i64.
 */
export interface GlobalExport {
  readonly name: string;
  readonly type: 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref';
  /** Whether it is not the canister's but the flag of a passive segment: 1 once that was dropped. */
  readonly isDropFlag: boolean;
}

/** A global that the code can change, at its place among an instance's variables, or a constant that the module exports. */
export type VisibleGlobal = { readonly type: Exclude<ValueType, 'funcref' | 'externref'> } & (
  | { readonly position: number }
  | { readonly exportName: string }
);

/** A canister's module, validated, metered and compiled. Immutable, and shared by any number of instances. */
export interface PreparedModule {
  readonly module: WebAssembly.Module;
  /** SHA-256 of the upload as it was given: of the compressed bytes if it was compressed. */
  readonly hash: Uint8Array;
  /** By name, without the prefix. */
  readonly customSections: ReadonlyMap<string, CustomSection>;
  /** The functions of `ic0` that it imports. */
  readonly imports: readonly string[];
  readonly exports: CanisterExports;
  /** Whether its memory is 64-bit, so that `ic0` takes i64 (bigint) for pointers and sizes. */
  readonly memory64: boolean;
  /** Size of the memory in pages of 64 KiB, as declared; zeros for a module without one. */
  readonly initialPages: number;
  /** Where in the exported memory the canister's begins, in bytes; before it are the marks ("MemoryLayout"). */
  readonly shift: number;
  readonly hostExports: HostExports;
  /** In the order of their indices. */
  readonly visibleGlobals: readonly VisibleGlobal[];
}

/** Options of `prepareModule`. */
export interface PrepareOptions {
  /**
   * The type of a function of `ic0` for the module's pointer type, undefined for a name that does not exist. With
   * it, imports that the system cannot serve are refused; without it, they are left to the one who instantiates.
   */
  readonly importType?: (name: string, pointer: 'i32' | 'i64') => FunctionType | undefined;
}
