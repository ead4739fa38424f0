import { ModuleError } from './module-error.ts';

/** `(module (memory i64 1))`, to ask the engine whether it runs 64-bit memories. */
const smallestMemory64 = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 4, 1]);

/**
 * Lets the engine validate a module as it was uploaded. The instrumented one is not enough: an index that is out of
 * range before may name something that was added.
 */
export function validate(bytes: Uint8Array): void {
  if (WebAssembly.validate(bytes)) return;
  compile(bytes);
  throw new ModuleError('invalid', 'The engine refuses the module and does not say why.');
}

/** Compiles a module; a `ModuleError` with the engine's reason if it is not valid. */
export function compile(bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    const reason =
      cause instanceof Error ? cause.message.replace(/^WebAssembly\.Module\(\): /, '') : String(cause);
    throw new ModuleError('invalid', `The module is not valid: ${reason}`, { cause });
  }
}

/** Refuses modules with a 64-bit memory or table where the engine cannot run them (Node before 24). */
export function requireMemory64(): void {
  if (WebAssembly.validate(smallestMemory64)) return;
  throw new ModuleError(
    'memory64-unsupported',
    'The module has a 64-bit memory or table, which this version of Node cannot run; use Node 24 or later.',
  );
}
