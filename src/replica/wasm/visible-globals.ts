import type { Declarations } from './declarations.ts';
import type { VisibleGlobal } from './prepared-module.ts';

/**
 * The mutable or exported globals of a module in the order of their indices, as snapshots tell them ("IC method
 * read_canister_snapshot_metadata"). References are none of their values, and are left out.
 */
export function visibleGlobals({ globals, exports }: Declarations): readonly VisibleGlobal[] {
  const names = new Map(
    exports.filter(({ kind }) => kind === 'global').map(({ index, name }) => [index, name]),
  );
  let variables = 0;
  return globals.flatMap(({ type, mutable }, index): VisibleGlobal[] => {
    // Nothing keeps an externref: it is always null.
    if (type === 'externref') return [];
    const position = mutable ? variables++ : undefined;
    const exportName = names.get(index);
    if (type === 'funcref') return [];
    if (position !== undefined) return [{ type, position }];
    return exportName === undefined ? [] : [{ type, exportName }];
  });
}
