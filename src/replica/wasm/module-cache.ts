import { createHash } from 'node:crypto';
import { prepareModule } from './prepare-module.ts';
import type { PreparedModule, PrepareOptions } from './prepared-module.ts';

/**
 * Prepares modules and keeps the most recently used ones, so that canisters of the same code, in any number of
 * networks of one process, share one compiled module.
 */
export class ModuleCache {
  readonly #options: PrepareOptions;
  readonly #capacity: number;
  /** In the order of use, the longest unused first. */
  readonly #modules = new Map<string, PreparedModule>();

  constructor(capacity: number, options: PrepareOptions = {}) {
    this.#capacity = capacity;
    this.#options = options;
  }

  /** As `prepareModule`; a module that was refused is not remembered. */
  prepare(upload: Uint8Array): PreparedModule {
    const key = createHash('sha256').update(upload).digest('hex');
    const prepared = this.#modules.get(key) ?? prepareModule(upload, this.#options);
    this.#modules.delete(key);
    this.#modules.set(key, prepared);
    const oldest = this.#modules.keys().next();
    if (this.#modules.size > this.#capacity && !oldest.done) this.#modules.delete(oldest.value);
    return prepared;
  }
}
