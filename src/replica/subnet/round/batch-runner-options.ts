import type { CertifiedState } from '../../certification/certified-state.ts';
import type { ChainKeys } from '../../chain-keys/chain-keys.ts';
import type { InstructionLimits } from '../../execution/limits.ts';
import type { Task } from '../../execution/task.ts';
import type { ExecutionReport, NetworkSubnets } from '../../execution/world.ts';
import type { NativeCanister } from '../../management/native-canister.ts';
import type { Canister } from '../../state/canister.ts';
import type { CanisterIdRange } from '../../state/canister-ids.ts';
import type { HostCallObserver, NetworkFacts } from '../../system-api/execution-state.ts';
import type { SubnetCostsOptions } from '../../system-api/subnet-costs.ts';
import type { RoundImage } from './round-image.ts';

/** What batches are run on. */
export interface BatchRunnerOptions {
  readonly id: Uint8Array;
  /** DER. */
  readonly rootKey: Uint8Array;
  /** Principals that may do with any canister what its controllers may do with its life. */
  readonly subnetAdmins?: readonly Uint8Array[] | undefined;
  /** Where it publishes what is certified; nowhere if left out. */
  readonly state?: CertifiedState | undefined;
  /** Where it goes on from. */
  readonly image?: RoundImage | undefined;
  readonly canisters?: readonly Canister[] | undefined;
  /** The ids that its canisters can have; those of a network of one subnet unless told. */
  readonly canisterRanges?: readonly CanisterIdRange[] | undefined;
  /** The canisters that it answers for without Wasm; all that there are unless told. */
  readonly natives?: readonly NativeCanister[] | undefined;
  /** Those of an application subnet unless told. */
  readonly limits?: InstructionLimits | undefined;
  /** What its fees depend on: those of 13 nodes unless told. */
  readonly fees?: Omit<SubnetCostsOptions, 'responseInstructions'> | undefined;
  /** With which it signs for its canisters. */
  readonly chainKeys?: ChainKeys | undefined;
  /** The subnets of the network; this one alone unless told. */
  readonly subnets?: (() => NetworkSubnets) | undefined;
  /** Takes what is for another subnet; false for what is for this one. Without it there is no other. */
  readonly forward?: ((task: Task) => boolean) | undefined;
  /** Whether a call goes to another subnet, as `forward` would take it. */
  readonly isElsewhere?: NetworkFacts['isElsewhere'];
  /** Told of every execution. */
  readonly onExecuted?: ((report: ExecutionReport) => void) | undefined;
  /** For tests of what a trap leaves. */
  readonly onHostCall?: HostCallObserver | undefined;
}
