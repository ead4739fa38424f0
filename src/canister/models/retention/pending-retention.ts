import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { type RetentionName, retention, type SomeRetention } from './retention.ts';

/** What keeps less than before, and when (ns) it takes effect. What is not set stays as it is. */
export interface PendingRetention {
  readonly from: bigint;
  readonly set: SomeRetention;
}

/** What is kept now, and what is to be kept later. */
export interface RetentionPlan {
  readonly inForce: SomeRetention;
  readonly pending: PendingRetention | undefined;
}

/**
 * What comes of a change: what keeps as much as now or more takes effect at once, what keeps less at `from`. Where that keeps no less than what was
 * pending before, it takes effect when that would have.
 */
export function planRetention(before: RetentionPlan, given: SomeRetention, from: bigint): RetentionPlan {
  const held = retention.over(retention.defaults, before.inForce);
  const wanted = retention.each((name) => given[name] ?? before.pending?.set[name] ?? before.inForce[name]);
  const waits = (name: RetentionName) => keepsLess(wanted[name], held[name]);
  const inForce = retention.each((name) => (waits(name) ? before.inForce[name] : wanted[name]));
  const set = retention.each((name) => (waits(name) ? wanted[name] : undefined));
  if (!retention.names.some(waits)) return { inForce, pending: undefined };
  const { pending } = before;
  const isAsBefore =
    pending !== undefined &&
    retention.names.every((name) => !keepsLess(set[name], pending.set[name] ?? held[name]));
  return { inForce, pending: { from: isAsBefore ? pending.from : from, set } };
}

/** Zero keeps all. */
function keepsLess(value = 0, than = 0): boolean {
  return value !== 0 && (than === 0 || value < than);
}

const VERSION = 1;

/** Version u8, from u64, then the numbers. */
export function encodePending({ from, set }: PendingRetention): Uint8Array {
  return new ByteWriter().u8(VERSION).u64(from).raw(retention.encode(set)).finish();
}

export function decodePending(stored: Uint8Array): PendingRetention {
  const reader = new ByteReader(stored);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`pending retention of an unknown version ${version}`);
  return { from: reader.u64(), set: retention.decode(stored.subarray(reader.offset)) };
}
