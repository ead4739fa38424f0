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

function numberOf(id: Uint8Array): bigint | undefined {
  if (id.length !== 10 || id[8] !== SUFFIX[0] || id[9] !== SUFFIX[1]) return undefined;
  return new DataView(id.buffer, id.byteOffset).getBigUint64(0);
}

/** The id that follows a canister's in the order of numbers. */
export function nextCanisterId(id: Uint8Array): Uint8Array {
  return canisterIdOf(BigInt.asUintN(64, (numberOf(id) ?? 0n) + 1n));
}

const RANGES = [SYSTEM_RANGE, LEDGER_RANGE, ORDINARY_RANGE] as const;

/** The ids that canisters of this network can have, in order. */
export const CANISTER_RANGES: readonly CanisterIdRange[] = RANGES.map(([first, last]) => [
  canisterIdOf(first),
  canisterIdOf(last),
]);

/** Whether a canister of this network can have the id. */
export function isCanisterIdInRange(id: Uint8Array): boolean {
  const number = numberOf(id);
  return number !== undefined && RANGES.some(([first, last]) => first <= number && number <= last);
}

/** The first number of the range in which ids are given in turn. */
export const FIRST_ORDINARY_NUMBER: bigint = ORDINARY_RANGE[0];
