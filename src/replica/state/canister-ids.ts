import { compareBytes } from '../codec/bytes.ts';

/** A closed interval of canister ids. */
export type CanisterIdRange = readonly [first: Uint8Array, last: Uint8Array];

/** Ends of canister ids: a class byte, and the kind of an opaque id ("Special forms of Principals"). */
const SUFFIX = [0x01, 0x01] as const;

/** Where the ids lie that the public network has given to its own canisters: only an explicit wish is met here. */
const SYSTEM_RANGE = [0n, 0xf_ffffn] as const;
/** The same, of the subnet that has the cycles ledger. */
const LEDGER_RANGE = [0x210_0000n, 0x21f_ffffn] as const;
/** Where ids are given in turn, away from all that the public network has. */
const ORDINARY_RANGE = [0xffff_ffff_ffe0_0000n, 0xffff_ffff_ffef_ffffn] as const;

/** The canister id of a number: ten bytes, big-endian. */
export function canisterIdOf(number: bigint): Uint8Array {
  const id = new Uint8Array(10);
  new DataView(id.buffer).setBigUint64(0, number);
  id.set(SUFFIX, 8);
  return id;
}

/** The number of a canister id; undefined where it is none. */
export function numberOf(id: Uint8Array): bigint | undefined {
  if (id.length !== 10 || id[8] !== SUFFIX[0] || id[9] !== SUFFIX[1]) return undefined;
  return new DataView(id.buffer, id.byteOffset).getBigUint64(0);
}

/** The id that follows a canister's in the order of numbers. */
export function nextCanisterId(id: Uint8Array): Uint8Array {
  return canisterIdOf(BigInt.asUintN(64, (numberOf(id) ?? 0n) + 1n));
}

/** The interval between two numbers, both within it. */
export function canisterIdRange([first, last]: readonly [first: bigint, last: bigint]): CanisterIdRange {
  return [canisterIdOf(first), canisterIdOf(last)];
}

/** The ids that canisters of a network of one subnet can have, in order. */
export const CANISTER_RANGES: readonly CanisterIdRange[] = [SYSTEM_RANGE, LEDGER_RANGE, ORDINARY_RANGE].map(
  canisterIdRange,
);

/** Whether the id has the form of a canister's, and lies in one of the ranges. */
export function isCanisterIdIn(ranges: readonly CanisterIdRange[], id: Uint8Array): boolean {
  const number = numberOf(id);
  return (
    number !== undefined &&
    ranges.some(([first, last]) => compareBytes(first, id) <= 0 && compareBytes(id, last) <= 0)
  );
}

/** The first number of the range in which ids are given in turn. */
export const FIRST_ORDINARY_NUMBER: bigint = ORDINARY_RANGE[0];
