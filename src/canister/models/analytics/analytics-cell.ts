import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { COUNTER_AT, COUNTERS, type Counts } from './analytics-counts.ts';
import type { Happening } from './happening.ts';

/** What a count is about. */
export interface CellKey {
  /** Hours since 1970. */
  readonly hour: number;
  /** The number of the agent who did it; 0 is nobody who was an agent. */
  readonly agent: number;
  /** `NO_AGENT_TYPE` where it is about none in particular. */
  readonly typeCode: number;
}

export interface Cell extends CellKey {
  readonly counts: Counts;
}

export const HOUR_NS = 3_600_000_000_000n;
export const HOURS_A_DAY = 24;

export function hourOf(time: bigint): number {
  return Number(time / HOUR_NS);
}

/**
 * Open cells are changed in place, so each number has its place (little-endian): hour u32, agent u16, agent type u8, a byte free, the counters u32
 * each but for the sum of latencies, which is an f64 and the last but one. A list of them is the end of a record.
 */
const AT = { hour: 0, agent: 4, typeCode: 6, counters: 8, sum: 44, max: 52 } as const;
export const CELL_BYTES = 56;

const CELLS_AT_ONCE = 64;

/** Counts towards the cell of `key` in the list that begins at `start`; returns the record, another one where a cell was added. */
export function countInCells(
  bytes: Uint8Array,
  start: number,
  key: CellKey,
  happening: Happening,
): Uint8Array {
  const view = viewOf(bytes);
  const found = findCell(view, start, key);
  if (found !== undefined) {
    countAt(view, found, happening);
    return bytes;
  }
  const record = withCell(bytes, key);
  countAt(viewOf(record), bytes.length, happening);
  return record;
}

/** The cells of the list that begins at `start`. */
export function openCells(bytes: Uint8Array, start: number): Cell[] {
  const view = viewOf(bytes);
  const cells: Cell[] = [];
  for (let at = start; at < bytes.length; at += CELL_BYTES) {
    const counts = COUNTERS.map((_name, i) => view.getUint32(at + AT.counters + 4 * i, true));
    counts[COUNTER_AT.latency_sum_ms] = view.getFloat64(at + AT.sum, true);
    counts[COUNTER_AT.latency_max_ms] = view.getUint32(at + AT.max, true);
    cells.push({
      hour: view.getUint32(at + AT.hour, true),
      agent: view.getUint16(at + AT.agent, true),
      typeCode: view.getUint8(at + AT.typeCode),
      counts,
    });
  }
  return cells;
}

/** Cells that are not counted in any more: hour, agent, agent type, which counters are not 0 u16, and those, as LEB128. */
export function encodeClosedCells(cells: readonly Cell[]): Uint8Array {
  const writer = new ByteWriter(32 * cells.length);
  for (const { hour, agent, typeCode, counts } of cells) {
    const mask = counts.reduce((bits, count, i) => (count === 0 ? bits : bits | (1 << i)), 0);
    writer.leb128(hour).leb128(agent).u8(typeCode).u16(mask);
    for (const count of counts) if (count !== 0) writer.leb128(count);
  }
  return writer.finish();
}

/** `mayGoOn` is asked once in 64 cells; what it throws is thrown. */
export function decodeClosedCells(bytes: Uint8Array, mayGoOn: () => void): Cell[] {
  const reader = new ByteReader(bytes);
  const cells: Cell[] = [];
  while (!reader.done) {
    if (cells.length % CELLS_AT_ONCE === CELLS_AT_ONCE - 1) mayGoOn();
    const key = { hour: reader.leb128(), agent: reader.leb128(), typeCode: reader.u8() };
    const mask = reader.u16();
    cells.push({
      ...key,
      counts: COUNTERS.map((_name, i) => ((mask & (1 << i)) === 0 ? 0 : reader.leb128())),
    });
  }
  return cells;
}

/** Mostly it is one of the last. */
function findCell(view: DataView, start: number, { hour, agent, typeCode }: CellKey): number | undefined {
  for (let at = view.byteLength - CELL_BYTES; at >= start; at -= CELL_BYTES) {
    if (
      view.getUint32(at, true) === hour &&
      view.getUint16(at + AT.agent, true) === agent &&
      view.getUint8(at + AT.typeCode) === typeCode
    ) {
      return at;
    }
  }
  return undefined;
}

function withCell(bytes: Uint8Array, { hour, agent, typeCode }: CellKey): Uint8Array {
  const record = new Uint8Array(bytes.length + CELL_BYTES);
  record.set(bytes);
  const view = viewOf(record);
  view.setUint32(bytes.length + AT.hour, hour, true);
  view.setUint16(bytes.length + AT.agent, agent, true);
  view.setUint8(bytes.length + AT.typeCode, typeCode);
  return record;
}

function countAt(view: DataView, cell: number, { counters, times = 1, latency }: Happening): void {
  for (const counter of counters) {
    const at = cell + AT.counters + 4 * COUNTER_AT[counter];
    view.setUint32(at, view.getUint32(at, true) + times, true);
  }
  if (latency === undefined) return;
  view.setFloat64(cell + AT.sum, view.getFloat64(cell + AT.sum, true) + latency, true);
  if (latency > view.getUint32(cell + AT.max, true)) view.setUint32(cell + AT.max, latency, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
