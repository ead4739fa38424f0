import { invalidArgument } from '../../models/agent-error.ts';
import { type Cell, decodeClosedCells, encodeClosedCells } from '../../models/analytics/analytics-cell.ts';
import { type CountedError, decodeErrors, encodeErrors } from '../../models/analytics/top-errors.ts';
import type { Work } from '../../models/work.ts';
import type { ByteMap } from '../byte-map.ts';

/** Stands for the whole service in the place of a user's number. */
export const SERVICE = 0;

/** What a record holds: its number is stored. `hoursOfMonth` is of users, `hoursOfDay` and `daysOfMonth` of the service. */
const KINDS = { hoursOfMonth: 0, hoursOfDay: 1, daysOfMonth: 2, errors: 3, agents: 4 } as const;
type CellKind = 'hoursOfMonth' | 'hoursOfDay' | 'daysOfMonth';

/** What was counted, apart from the cells that are still counted in. A record is found by user, kind, and the number of its month or day. */
export class AnalyticsStore {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  /** Throws InvalidArgument for `from` where to read them takes more than the work. */
  cells(user: number, kind: CellKind, index: number, work: Work): Cell[] {
    const stored = this.#map.get(keyOf(user, kind, index));
    return stored === undefined ? [] : decodeClosedCells(stored, () => refuseSpent(work));
  }

  /** Cells of the same key may be there already: they are summed when they are read. */
  addCells(user: number, kind: CellKind, index: number, cells: readonly Cell[]): void {
    const key = keyOf(user, kind, index);
    const before = this.#map.get(key) ?? new Uint8Array(0);
    const added = encodeClosedCells(cells);
    const record = new Uint8Array(before.length + added.length);
    record.set(before);
    record.set(added, before.length);
    this.#map.set(key, record);
  }

  removeCells(user: number, kind: CellKind, index: number): void {
    this.#map.delete(keyOf(user, kind, index));
  }

  errors(user: number): CountedError[] {
    const stored = this.#map.get(keyOf(user, 'errors', 0));
    return stored === undefined ? [] : decodeErrors(stored);
  }

  /** Texts that go are overwritten: the map would leave them where they were. */
  putErrors(user: number, errors: readonly CountedError[]): void {
    const key = keyOf(user, 'errors', 0);
    const before = this.#map.get(key);
    const record = encodeErrors(errors);
    if (before !== undefined && before.length !== record.length)
      this.#map.set(key, new Uint8Array(before.length));
    if (errors.length > 0) this.#map.set(key, record);
    else if (before !== undefined) this.#map.delete(key);
  }

  /** The agents that were counted, each a length and its principal; the first has number 1. */
  get agents(): Uint8Array {
    return this.#map.get(keyOf(SERVICE, 'agents', 0)) ?? new Uint8Array(0);
  }
  set agents(principals: Uint8Array) {
    this.#map.set(keyOf(SERVICE, 'agents', 0), principals);
  }
}

function refuseSpent(work: Work): void {
  if (work.isSpent())
    throw invalidArgument('from', 'must be later: one call cannot read all counts since then');
}

/** User u32, kind u8, number of the month or day u16. */
function keyOf(user: number, kind: keyof typeof KINDS, index: number): Uint8Array {
  const key = new Uint8Array(7);
  const view = new DataView(key.buffer);
  view.setUint32(0, user);
  view.setUint8(4, KINDS[kind]);
  view.setUint16(5, index);
  return key;
}
