import { type EntryPoint, EVERYWHERE } from '../entry-point.ts';
import type { ExecutionState } from '../execution-state.ts';
import { guestMemory, writableGuestMemory } from '../guest-memory.ts';
import { type HostFunctions, hostFunction } from '../host-function.ts';
import { Trap } from '../trap.ts';

const FROM: readonly EntryPoint[] = [...EVERYWHERE, 's'];
const COST = 20;
/** Instructions for each page of 4 KiB that a message is the first to write to. */
const DIRTY_PAGE_COST = 1_000;
/** Pages that the functions of 32 bits can speak of: 4 GiB. */
const MAX_PAGES_32 = 65_536;
const NO_GROWTH = 0xffff_ffff_ffff_ffffn;

function requireWithin({ start }: ExecutionState, offset: number, size: number): void {
  if (offset + size > start.stable.bytes) throw new Trap('trapped', 'stable memory out of bounds');
}

function read(state: ExecutionState, target: number, offset: number, size: number): void {
  requireWithin(state, offset, size);
  state.start.stable.read(offset, writableGuestMemory(state, target, size), target, size);
}

function write(state: ExecutionState, offset: number, source: number, size: number): void {
  requireWithin(state, offset, size);
  const { stable, instance } = state.start;
  const before = stable.dirtyPages;
  stable.write(offset, guestMemory(state, source, size), source, size);
  const dirtied = stable.dirtyPages - before;
  if (dirtied > 0) instance.charge(dirtied * DIRTY_PAGE_COST);
}

function requireSmall({ start }: ExecutionState): void {
  if (start.stable.wasmPages > MAX_PAGES_32) {
    throw new Trap('trapped', '32 bit stable memory api used on a memory larger than 4GB');
  }
}

/** Stable memory ("Stable memory"), which an upgrade keeps. */
export const stableFunctions: HostFunctions = {
  stable64_size: hostFunction({
    params: [],
    result: 'i64',
    from: FROM,
    cost: COST,
    run: ({ start }) => BigInt(start.stable.wasmPages),
  }),
  stable64_grow: hostFunction({
    params: ['i64'],
    result: 'i64',
    from: FROM,
    run: ({ start }, pages) => {
      const before = start.stable.grow(Number(pages));
      return before < 0 ? NO_GROWTH : BigInt(before);
    },
  }),
  stable64_write: hostFunction({
    params: ['size', 'size', 'size'],
    from: FROM,
    cost: COST,
    size: 2,
    run: write,
  }),
  stable64_read: hostFunction({
    params: ['size', 'size', 'size'],
    from: FROM,
    cost: COST,
    size: 2,
    run: read,
  }),
  stable_size: hostFunction({
    params: [],
    result: 'i32',
    from: FROM,
    cost: COST,
    run: (state) => {
      requireSmall(state);
      return state.start.stable.wasmPages;
    },
  }),
  stable_grow: hostFunction({
    params: ['i32'],
    result: 'i32',
    from: FROM,
    run: (state, pages) => {
      requireSmall(state);
      const { stable } = state.start;
      return stable.wasmPages + pages > MAX_PAGES_32 ? -1 : stable.grow(pages);
    },
  }),
  stable_write: hostFunction({
    params: ['i32', 'i32', 'i32'],
    from: FROM,
    cost: COST,
    size: 2,
    run: (state, offset, source, size) => {
      requireSmall(state);
      write(state, offset, source, size);
    },
  }),
  stable_read: hostFunction({
    params: ['i32', 'i32', 'i32'],
    from: FROM,
    cost: COST,
    size: 2,
    run: (state, target, offset, size) => {
      requireSmall(state);
      read(state, target, offset, size);
    },
  }),
};
