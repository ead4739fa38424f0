import type { Closure } from '../state/call-context.ts';
import { type InstalledCode, isHeapOwn } from '../state/installed-code.ts';
import { WASM_PAGE_BYTES } from '../state/stable-pages.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { ExecutionState, RunningInstance } from '../system-api/execution-state.ts';
import { hostImports } from '../system-api/host-imports.ts';
import { Trap } from '../system-api/trap.ts';
import type { CanisterMemory } from '../wasm/canister-memory.ts';
import { functionExport, globalExport } from '../wasm/instance-exports.ts';
import { InstanceVariables } from '../wasm/instance-variables.ts';
import { ModuleError } from '../wasm/module-error.ts';
import type { PreparedModule, ValueType } from '../wasm/prepared-module.ts';
import { toTrap } from './wasm-trap.ts';

const NO_MEMORY = new Uint8Array();

/** Where the limit of its own that a canister can set for its memory holds ("wasm_memory_limit"). */
const LIMITED: ReadonlySet<EntryPoint> = new Set(['U', 'I']);

/** A live instance of a canister's module. Its memory, globals and tables are what the last execution left. */
export class CanisterInstance implements RunningInstance {
  readonly module: PreparedModule;
  readonly #instance: WebAssembly.Instance;
  readonly #variables: InstanceVariables;
  #running: ExecutionState | undefined;
  /** The heap from which the memory differs only in what it has marked. */
  #loaded: Uint8Array | undefined;

  constructor(module: PreparedModule) {
    this.module = module;
    const imports = hostImports(module, () => {
      if (this.#running === undefined) throw new Error('a host function was called while nothing runs');
      return this.#running;
    });
    this.#instance = new WebAssembly.Instance(module.module, { ic0: imports });
    this.#variables = new InstanceVariables(module, this.#instance);
  }

  get memory(): CanisterMemory | undefined {
    return this.#variables.memory;
  }

  get memory64(): boolean {
    return this.module.memory64;
  }

  get instructionsLeft(): bigint {
    return this.#variables.instructionsLeft;
  }

  charge(instructions: number): void {
    this.#variables.charge(instructions);
  }

  /** The start function, if the module has one: to be run once, when the module is installed. */
  get startFunction(): (() => void) | undefined {
    return this.#variables.start;
  }

  /** The value of an immutable global that the module exports; a v128, which JavaScript cannot read, is given as 0. */
  exportedConstant({
    exportName,
    type,
  }: {
    readonly exportName: string;
    readonly type: ValueType;
  }): number | bigint {
    if (type === 'v128') return 0n;
    const value: unknown = globalExport(this.#instance.exports, exportName).value;
    return typeof value === 'bigint' ? value : Number(value);
  }

  /** Runs an exported entry point in the given state. Returns why it trapped, undefined when it did not. */
  runExport(state: ExecutionState, name: string): Trap | undefined {
    return this.run(state, () => void functionExport(this.#instance.exports, name)());
  }

  /** Runs a callback. */
  runClosure(state: ExecutionState, { fun, env }: Closure): Trap | undefined {
    return this.run(state, () => {
      const callback = this.#variables.callback(fun);
      if (callback === null) throw new Trap('contract-violation', `there is no function ${fun} in the table`);
      try {
        callback(env);
      } catch (error) {
        // The engine's complaint about an argument that the function's type does not take.
        if (error instanceof TypeError) throw new Trap('contract-violation', 'a callback has the wrong type');
        throw error;
      }
    });
  }

  run(state: ExecutionState, body: () => void): Trap | undefined {
    this.#variables.instructionsLeft = state.start.instructionLimit;
    this.#running = state;
    try {
      body();
      if (this.instructionsLeft < 0n) return new Trap('out-of-instructions', '');
      return exceedsMemoryLimit(state, this.#bytes().length);
    } catch (error) {
      return toTrap(error, this.instructionsLeft);
    } finally {
      this.#running = undefined;
    }
  }

  /** Makes what the instance holds the committed state of the code. */
  saveTo(code: InstalledCode): void {
    const { memory } = this;
    if (memory !== undefined) {
      const inPlace =
        code.heap === this.#loaded && isHeapOwn(code) && code.heap.length === memory.bytes.length;
      if (inPlace) memory.saveChanges(code.heap);
      else code.heap = memory.save();
      this.#loaded = code.heap;
    }
    code.variables = this.#variables.capture();
  }

  /**
   * Brings back the committed state. False where this instance cannot (its memory grew past it, a segment was
   * dropped, a table grew): a new one has to take its place.
   */
  loadFrom(code: InstalledCode): boolean {
    return this.loadHeap(code.heap) && this.#variables.restore(code.variables);
  }

  copyHeap(): Uint8Array {
    return this.#bytes().slice();
  }

  /** Makes the memory what `heap` says; false where it is larger already, or cannot grow so far. */
  loadHeap(heap: Uint8Array): boolean {
    const { memory } = this;
    if (memory === undefined) return heap.length === 0;
    const missing = heap.length - memory.bytes.length;
    if (missing < 0) return false;
    if (missing > 0 && !memory.grow(missing / WASM_PAGE_BYTES)) return false;
    if (heap === this.#loaded) memory.undoChanges(heap);
    else memory.load(heap);
    this.#loaded = heap;
    return true;
  }

  #bytes(): Uint8Array {
    return this.memory?.bytes ?? NO_MEMORY;
  }
}

function exceedsMemoryLimit({ start }: ExecutionState, bytes: number): Trap | undefined {
  const { wasmMemoryLimit } = start.canister.settings;
  if (wasmMemoryLimit === 0n || bytes <= wasmMemoryLimit || !LIMITED.has(start.entryPoint)) return undefined;
  return new Trap(
    'out-of-memory',
    `Canister exceeded its current Wasm memory limit of ${wasmMemoryLimit} bytes.`,
  );
}

/** A new instance. A `ModuleError` where it cannot be made, as when a segment lies outside of memory or table. */
export function instantiate(module: PreparedModule): CanisterInstance {
  try {
    return new CanisterInstance(module);
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError) && !(cause instanceof RangeError)) throw cause;
    const reason = cause.message.replace(/^WebAssembly\.Instance\(\): /, '');
    throw new ModuleError('invalid', `The module cannot be instantiated: ${reason}`, { cause });
  }
}
