import { toHex } from '../codec/bytes.ts';
import { managementCanister } from '../management/management-canister.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { cyclesLedger } from './cycles-ledger.ts';
import { cyclesMinting } from './cycles-minting.ts';
import { icpLedger } from './icp-ledger.ts';

const NATIVE: ReadonlyMap<string, NativeCanister> = new Map(
  [managementCanister, cyclesLedger, cyclesMinting, icpLedger].map((canister) => [
    toHex(canister.id),
    canister,
  ]),
);

/** The canister of that id, if this program answers for it itself. */
export function nativeCanister(id: Uint8Array): NativeCanister | undefined {
  return NATIVE.get(toHex(id));
}
