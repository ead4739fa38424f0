import { createHash } from 'node:crypto';
import { readCanisterExports } from './canister-exports.ts';
import { compile, requireMemory64, validate } from './compile.ts';
import { readCustomSections } from './custom-sections.ts';
import { readDeclarations } from './declarations.ts';
import { decompressModule } from './decompress.ts';
import { instrument } from './instrument.ts';
import { checkModuleRules } from './module-rules.ts';
import type { PreparedModule, PrepareOptions } from './prepared-module.ts';
import { splitSections } from './sections.ts';
import { visibleGlobals } from './visible-globals.ts';

/**
 * Makes a canister's module ready to run: decompresses, checks the Internet Computer's rules, meters and compiles it.
 * A `ModuleError` says why a module cannot be installed; nothing else is thrown.
 *
 * What the host does with the result:
 * 1. Instantiate `module` with the `ic0` functions, and wrap the instance in `InstanceVariables`. Nothing runs yet: the
 *    start function is an export. Call it once, when the module is installed, and not when an instance is made anew
 *    from a saved state.
 * 2. Before each execution set `instructionsLeft`. The code charges a basic block's weight when it enters the block,
 *    and the size of a bulk memory or table instruction before it runs. When nothing is left, the next function entry,
 *    loop iteration or bulk instruction traps (`unreachable`). So, however an execution ends, a negative counter means
 *    that it ran out, and the counter is exact however it ended. Host functions charge for themselves by `charge`.
 * 3. After each execution keep the variables, and of the memory what it has marked; to roll back, restore both.
 *    `restore` answers false when the instance cannot go back (a segment was dropped, a table grew) and is to be
 *    replaced by a new one, as it is when the memory grew; that one is given the whole memory, over what its active
 *    segments wrote.
 */
export function prepareModule(upload: Uint8Array, options: PrepareOptions = {}): PreparedModule {
  const bytes = decompressModule(upload);
  const sections = splitSections(bytes);
  const declarations = readDeclarations(sections);
  checkModuleRules(sections, declarations, options);
  const exports = readCanisterExports(declarations);
  const customSections = readCustomSections(sections.custom);
  const { tables, memories, imports } = declarations;
  if ([...tables, ...memories].some(({ is64 }) => is64)) requireMemory64();

  const instrumented = instrument(sections, declarations);
  validate(bytes);
  return {
    module: compile(instrumented.bytes),
    hash: new Uint8Array(createHash('sha256').update(upload).digest()),
    customSections,
    imports: [...new Set(imports.map(({ name }) => name))],
    exports,
    memory64: instrumented.layout.is64,
    initialPages: instrumented.layout.initial,
    shift: instrumented.layout.shift,
    hostExports: instrumented.hostExports,
    visibleGlobals: visibleGlobals(declarations),
  };
}
