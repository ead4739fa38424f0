import { ByteWriter } from './byte-writer.ts';
import type { Limits } from './declarations.ts';
import { refuseModule } from './module-error.ts';

/** A mark stands for 2 to the power of this bytes of the canister's memory. */
export const MARK_SHIFT = 11;
const WASM_PAGE_BYTES = 65_536;

/**
 * Where a canister's memory lies in the one that the engine gives it: above a hidden region, by the size of which all its
 * addresses are shifted, so that it cannot reach the region. There, a byte for each page of the canister's memory, from the
 * first on, is 1 once the page was written to.
 */
export interface MemoryLayout {
  readonly is64: boolean;
  /** Size of the region in bytes. */
  readonly shift: number;
  /** The canister's memory in Wasm pages, at first and at most. */
  readonly initial: number;
  readonly maximum: number;
}

/**
 * The most that a memory grows to, in Wasm pages. Of the 65,536 that have addresses of 32 bits, the region takes 32, and the
 * last one must not exist: an address that does not fit 32 bits once it is shifted becomes the last of all.
 */
const MAX_PAGES_32 = 65_503;
/** 6 GiB, as on the Internet Computer. */
const MAX_PAGES_64 = 98_304;

/** The layout of a module's memory; a `ModuleError` for one that is larger from the beginning than any can be. */
export function layOutMemory({ initial, maximum, is64 }: Limits): MemoryLayout {
  const most = is64 ? MAX_PAGES_64 : MAX_PAGES_32;
  if (initial > most) refuseModule(`its memory has ${initial} pages; at most ${most} are allowed`);
  const shift = Math.ceil(most / 2 ** MARK_SHIFT) * WASM_PAGE_BYTES;
  return { is64, shift, initial, maximum: Math.min(maximum ?? most, most) };
}

/** The size of the hidden region in Wasm pages. */
export function hiddenPages({ shift }: MemoryLayout): number {
  return shift / WASM_PAGE_BYTES;
}

/** Where an address of the canister's, or a static offset, is for the engine; beyond all memory where it was beyond all memory. */
export function shifted(address: number, { is64, shift }: MemoryLayout): number {
  return Math.min(address + shift, is64 ? 2 ** 48 : 0xffff_ffff);
}

/** The memory section of a module with that memory. */
export function memorySection(layout: MemoryLayout): Uint8Array {
  const hidden = hiddenPages(layout);
  const out = new ByteWriter(16).unsigned(1).byte(layout.is64 ? 5 : 1);
  return out
    .unsigned(layout.initial + hidden)
    .unsigned(layout.maximum + hidden)
    .written();
}
