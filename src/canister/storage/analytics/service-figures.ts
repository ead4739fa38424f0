import {
  CELL_BYTES,
  type Cell,
  type CellKey,
  countInCells,
  openCells,
} from '../../models/analytics/analytics-cell.ts';
import type { Happening } from '../../models/analytics/happening.ts';
import { type StoredTotals, TOTALS } from '../../models/analytics/stored-totals.ts';
import type { ByteMap } from '../byte-map.ts';
import { SETTINGS_KEYS } from '../settings-keys.ts';

const KEY = Uint8Array.of(SETTINGS_KEYS.figures);
const VERSION = 1;
/** Numbers are u32 but for the totals, which are f64. */
const AT = { addedUpTo: 4, uncountedUpTo: 8, mergedBefore: 12, totals: 16 } as const;
const CELLS_AT = AT.totals + 8 * TOTALS.length;

/**
 * What is stored in total, and what was counted of the whole service lately. They are kept in memory and written once a change, as the sequence
 * numbers are.
 */
export class ServiceFigures {
  readonly #map: ByteMap;
  readonly #lastUser: () => number;
  #loaded: Uint8Array | undefined;
  /** Of what is loaded: making one takes long. */
  #view: DataView = new DataView(new ArrayBuffer(0));

  /** `lastUser` is the number of the newest user. */
  constructor(map: ByteMap, lastUser: () => number) {
    this.#map = map;
    this.#lastUser = lastUser;
  }

  /** The sum over all users, but for those of an earlier layout who were not added yet. */
  get totals(): StoredTotals {
    const totals = this.#totals();
    const [sessions = 0, activeSessions = 0, credentials = 0, interactions = 0, activities = 0, bytes = 0] =
      totals;
    return { sessions, activeSessions, credentials, interactions, activities, bytes };
  }

  /** Notes how much more or less is stored of a user. */
  addTotals(user: number, change: StoredTotals): void {
    if (user <= this.#number(AT.uncountedUpTo) && user > this.#number(AT.addedUpTo)) return;
    this.#add(change);
  }

  /** The next user of an earlier layout whose records are not in the totals; undefined where there is none. */
  get nextToAdd(): number | undefined {
    const next = this.#number(AT.addedUpTo) + 1;
    return next <= this.#number(AT.uncountedUpTo) ? next : undefined;
  }

  /** Adds what is stored of the user `nextToAdd`; undefined where there is nothing. */
  addUser(user: number, stored: StoredTotals | undefined): void {
    this.#setNumber(AT.addedUpTo, user);
    if (stored !== undefined) this.#add(stored);
  }

  /** The first day, since 1970, whose hours were not merged yet; 0 where nothing was counted. */
  get mergedBefore(): number {
    return this.#number(AT.mergedBefore);
  }
  set mergedBefore(day: number) {
    this.#setNumber(AT.mergedBefore, day);
  }

  count(key: CellKey, happening: Happening): void {
    const bytes = this.#bytes;
    const counted = countInCells(bytes, CELLS_AT, key, happening);
    if (counted !== bytes) this.#replace(counted);
  }

  /** How many cells are counted in. */
  get cellCount(): number {
    return (this.#bytes.length - CELLS_AT) / CELL_BYTES;
  }

  get cells(): Cell[] {
    return openCells(this.#bytes, CELLS_AT);
  }

  clearCells(): void {
    this.#replace(this.#bytes.slice(0, CELLS_AT));
  }

  save(): void {
    this.#map.set(KEY, this.#bytes);
  }

  get #bytes(): Uint8Array {
    return this.#loaded ?? this.#replace(this.#map.get(KEY) ?? this.#first());
  }

  #replace(bytes: Uint8Array): Uint8Array {
    if (bytes[0] !== VERSION) throw new Error(`figures of an unknown version ${bytes[0]}`);
    this.#loaded = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return bytes;
  }

  /** Users of an earlier layout are added by and by. */
  #first(): Uint8Array {
    const bytes = new Uint8Array(CELLS_AT);
    bytes[0] = VERSION;
    new DataView(bytes.buffer).setUint32(AT.uncountedUpTo, this.#lastUser(), true);
    return bytes;
  }

  #totals(): number[] {
    const view = this.#loadedView();
    return TOTALS.map((_name, i) => view.getFloat64(AT.totals + 8 * i, true));
  }

  #add(change: StoredTotals): void {
    const view = this.#loadedView();
    for (let i = 0, at = AT.totals; i < TOTALS.length; i++, at += 8) {
      const more = change[TOTALS[i] ?? 'bytes'];
      if (more !== 0) view.setFloat64(at, view.getFloat64(at, true) + more, true);
    }
  }

  #number(at: number): number {
    return this.#loadedView().getUint32(at, true);
  }

  #setNumber(at: number, value: number): void {
    this.#loadedView().setUint32(at, value, true);
  }

  #loadedView(): DataView {
    if (this.#loaded === undefined) this.#replace(this.#map.get(KEY) ?? this.#first());
    return this.#view;
  }
}
