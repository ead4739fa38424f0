import type { Additions } from './additions.ts';
import { hostExportPrefix } from './canister-exports.ts';
import type { Declarations } from './declarations.ts';
import type { DropFlags } from './drop-flags.ts';
import { addBitAccess } from './global-bits.ts';
import type { GlobalExport, HostExports, TableExport, ValueType } from './prepared-module.ts';

/** What the code was found to do, as far as the host must know. */
export interface CodeFindings {
  readonly counter: number;
  readonly charge: number;
  readonly dropFlags: DropFlags;
  readonly changedTables: ReadonlySet<number>;
  readonly referencedFunctions: ReadonlySet<number>;
}

/** Exports, under reserved names, all state of an instance that the host reads and writes. */
export function addHostExports(
  declarations: Declarations,
  findings: CodeFindings,
  additions: Additions,
): HostExports {
  const counter = `${hostExportPrefix}counter`;
  additions.addExport(counter, 'global', findings.counter);
  const charge = `${hostExportPrefix}charge`;
  additions.addExport(charge, 'function', findings.charge);

  const globals: GlobalExport[] = [];
  const addGlobal = (index: number, type: ValueType, isDropFlag: boolean) => {
    // Nothing gives a canister a reference of the host's, so an externref is always null.
    if (type === 'externref') return;
    const name = `${hostExportPrefix}global ${index}`;
    if (type === 'f32' || type === 'f64' || type === 'v128') addBitAccess(additions, name, index, type);
    else additions.addExport(name, 'global', index);
    globals.push({ name, type, isDropFlag });
  };
  declarations.globals.forEach(({ type, mutable }, index) => {
    if (mutable) addGlobal(index, type, false);
  });
  for (const index of findings.dropFlags.globals()) addGlobal(index, 'i32', true);

  const isFunctionTable = (index: number) => declarations.tables[index]?.elementType === 'funcref';
  const tableExports = new Map<number, TableExport>();
  const changedTables = [...findings.changedTables].filter(isFunctionTable).sort((a, b) => a - b);
  for (const index of new Set([0, ...changedTables].filter(isFunctionTable))) {
    const name = `${hostExportPrefix}table ${index}`;
    additions.addExport(name, 'table', index);
    tableExports.set(index, { name, is64: declarations.tables[index]?.is64 === true });
  }

  const functions = new Map<number, string>();
  if (changedTables.length > 0 || globals.some(({ type }) => type === 'funcref')) {
    for (const index of [...findings.referencedFunctions].sort((a, b) => a - b)) {
      const name = `${hostExportPrefix}function ${index}`;
      additions.addExport(name, 'function', index);
      functions.set(index, name);
    }
  }

  const exportOne = (name: string, kind: 'memory' | 'function', index: number | undefined) => {
    if (index === undefined) return undefined;
    additions.addExport(hostExportPrefix + name, kind, index);
    return hostExportPrefix + name;
  };
  return {
    counter,
    charge,
    memory: exportOne('memory', 'memory', declarations.memories.length > 0 ? 0 : undefined),
    start: exportOne('start', 'function', declarations.start),
    callbacks: tableExports.get(0),
    globals,
    tables: changedTables.flatMap((index) => tableExports.get(index) ?? []),
    functions,
    redrop: exportOne('redrop', 'function', findings.dropFlags.addRedropFunction()),
  };
}
