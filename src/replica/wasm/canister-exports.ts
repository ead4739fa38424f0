import type { Declarations, ExportDeclaration } from './declarations.ts';
import { ModuleError, refuseModule } from './module-error.ts';
import { moduleLimits } from './module-rules.ts';
import type { CanisterExports } from './prepared-module.ts';
import { describeFunctionType } from './value-types.ts';

const entryPoints: ReadonlySet<string> = new Set([
  'canister_init',
  'canister_pre_upgrade',
  'canister_post_upgrade',
  'canister_inspect_message',
  'canister_heartbeat',
  'canister_global_timer',
  'canister_on_low_wasm_memory',
]);

/** Prefix of the exports that instrumentation adds. */
export const hostExportPrefix = 'embedder:';

const utf8 = new TextEncoder();

/**
 * Sorts a module's exports into entry points and methods. A `ModuleError` for a name that is reserved, an entry
 * point of the wrong type, a method in two kinds, or too many of them ("WebAssembly module requirements").
 */
export function readCanisterExports(declarations: Declarations): CanisterExports {
  const queries = new Set<string>();
  const updates = new Set<string>();
  const compositeQueries = new Set<string>();
  const methodKinds = new Map([
    ['canister_query', queries],
    ['canister_update', updates],
    ['canister_composite_query', compositeQueries],
  ]);
  const found = new Set<string>();
  let namesSize = 0;

  for (const item of declarations.exports) {
    if (item.name.startsWith(hostExportPrefix)) refuseModule(`the export name "${item.name}" is reserved`);
    if (item.kind !== 'function' || !item.name.startsWith('canister_')) continue;
    checkEntryPointType(item, declarations);
    if (entryPoints.has(item.name)) {
      found.add(item.name);
      continue;
    }
    const space = item.name.indexOf(' ');
    const kind = methodKinds.get(item.name.slice(0, Math.max(space, 0)));
    if (kind === undefined)
      refuseModule(`it exports "${item.name}", which is neither an entry point nor a method`);
    const name = item.name.slice(space + 1);
    if ([queries, updates, compositeQueries].some((names) => names.has(name))) {
      refuseModule(`it exports the method "${name}" in more than one kind`);
    }
    kind.add(name);
    namesSize += utf8.encode(name).length;
  }

  const methods = queries.size + updates.size + compositeQueries.size;
  if (methods > moduleLimits.methods) {
    refuseModule(`it exports ${methods} methods; at most ${moduleLimits.methods} are allowed`);
  }
  if (namesSize > moduleLimits.methodNamesSize) {
    refuseModule(
      `its method names take ${namesSize} bytes; at most ${moduleLimits.methodNamesSize} are allowed`,
    );
  }
  return {
    queries,
    updates,
    compositeQueries,
    hasInit: found.has('canister_init'),
    hasPreUpgrade: found.has('canister_pre_upgrade'),
    hasPostUpgrade: found.has('canister_post_upgrade'),
    hasInspectMessage: found.has('canister_inspect_message'),
    hasHeartbeat: found.has('canister_heartbeat'),
    hasGlobalTimer: found.has('canister_global_timer'),
    hasOnLowWasmMemory: found.has('canister_on_low_wasm_memory'),
  };
}

function checkEntryPointType(item: ExportDeclaration, declarations: Declarations): void {
  const { imports, definedFunctions, types } = declarations;
  const typeIndex = imports[item.index]?.typeIndex ?? definedFunctions[item.index - imports.length];
  const type = typeIndex === undefined ? undefined : types[typeIndex];
  if (type === undefined) throw new ModuleError('malformed', `The export "${item.name}" names no function.`);
  if (type.params.length > 0 || type.results.length > 0) {
    refuseModule(`its export "${item.name}" is of type ${describeFunctionType(type)}; it must be () -> ()`);
  }
}
