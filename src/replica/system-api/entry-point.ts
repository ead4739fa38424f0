/**
 * In what a function of `ic0` runs, by the letters of the specification's table ("Overview of imports"): `s` the start
 * function, `I` init and post_upgrade, `G` pre_upgrade, `U` an update method, `RQ` / `NRQ` a query method called in
 * replicated mode or not, `TQ` a transform of an HTTP outcall, `CQ` a composite query, `Ry` / `Rt` a reply or reject
 * callback, `CRy` / `CRt` those of a composite query, `C` / `CC` a cleanup callback of either, `F` inspect_message, and
 * `T` a heartbeat, a timer or the low-memory hook.
 */
export type EntryPoint =
  | 's'
  | 'I'
  | 'G'
  | 'U'
  | 'RQ'
  | 'NRQ'
  | 'TQ'
  | 'CQ'
  | 'Ry'
  | 'Rt'
  | 'CRy'
  | 'CRt'
  | 'C'
  | 'CC'
  | 'F'
  | 'T';

/** All but the start function: the specification's `*`. */
export const EVERYWHERE: readonly EntryPoint[] = [
  'I',
  'G',
  'U',
  'RQ',
  'NRQ',
  'TQ',
  'CQ',
  'Ry',
  'Rt',
  'CRy',
  'CRt',
  'C',
  'CC',
  'F',
  'T',
];

const NON_REPLICATED: ReadonlySet<EntryPoint> = new Set(['NRQ', 'TQ', 'CQ', 'CRy', 'CRt', 'CC', 'F']);

/** Whether every node of a subnet executes it, and so its result is certified. */
export function isReplicated(entryPoint: EntryPoint): boolean {
  return !NON_REPLICATED.has(entryPoint);
}

const NAMES: Readonly<Record<EntryPoint, string>> = {
  s: 'start',
  I: 'init',
  G: 'pre upgrade',
  U: 'update',
  RQ: 'replicated query',
  NRQ: 'non replicated query',
  TQ: 'transform',
  CQ: 'composite query',
  Ry: 'reply callback',
  Rt: 'reject callback',
  CRy: 'composite reply callback',
  CRt: 'composite reject callback',
  C: 'cleanup callback',
  CC: 'composite cleanup callback',
  F: 'inspect message',
  T: 'system task',
};

/** What an error message calls it. */
export function entryPointName(entryPoint: EntryPoint): string {
  return NAMES[entryPoint];
}
