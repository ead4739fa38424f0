import { managementCanister } from '../management/management-canister.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { cyclesLedger } from './cycles-ledger.ts';
import { cyclesMinting } from './cycles-minting.ts';
import { icpLedger } from './icp-ledger.ts';

/** The canisters that this program answers for itself, in a network of one subnet. */
export const NATIVE_CANISTERS: readonly NativeCanister[] = [
  managementCanister,
  cyclesLedger,
  cyclesMinting,
  icpLedger,
];
