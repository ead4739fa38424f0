import type { InstalledCode } from '../state/installed-code.ts';
import { importType } from '../system-api/table.ts';
import { ModuleCache } from '../wasm/module-cache.ts';
import type { PreparedModule } from '../wasm/prepared-module.ts';
import { CanisterInstance } from './canister-instance.ts';

const CACHED_MODULES = 64;
/** Shared by all networks of the process: a module is prepared once, however often it is installed. */
const sharedModules = new ModuleCache(CACHED_MODULES, { importType });

/** The live instances of installed code; between executions each is in the code's committed state. */
export class Instances {
  readonly #modules = new WeakMap<Uint8Array, PreparedModule>();
  readonly #live = new WeakMap<InstalledCode, CanisterInstance>();

  /** Prepares an upload; a `ModuleError` says why it cannot be installed. */
  prepare(upload: Uint8Array): PreparedModule {
    const module = this.#modules.get(upload) ?? sharedModules.prepare(upload);
    this.#modules.set(upload, module);
    return module;
  }

  /** The module of code that is installed. */
  moduleOf(code: InstalledCode): PreparedModule {
    return this.prepare(code.upload);
  }

  /** The code's instance, in its committed state. */
  of(code: InstalledCode): CanisterInstance {
    const live = this.#live.get(code) ?? this.fork(code);
    this.#live.set(code, live);
    return live;
  }

  /** Another instance in the committed state, for an execution beside others of the same canister. */
  fork(code: InstalledCode): CanisterInstance {
    const instance = new CanisterInstance(this.moduleOf(code));
    if (!instance.loadFrom(code)) throw new Error('a new instance does not take the committed state');
    return instance;
  }

  /** Makes an instance that ran the installation the code's own. */
  adopt(code: InstalledCode, instance: CanisterInstance): void {
    this.#live.set(code, instance);
  }

  /** Undoes what the last execution did to the code's instance. */
  rollBack(code: InstalledCode): void {
    if (this.#live.get(code)?.loadFrom(code) === false) this.#live.delete(code);
  }
}
