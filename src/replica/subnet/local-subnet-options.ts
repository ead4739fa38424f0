import type { CertifiedState } from '../certification/certified-state.ts';
import type { ChainKeys } from '../chain-keys/chain-keys.ts';
import type { InstructionLimits } from '../execution/limits.ts';
import type { Task } from '../execution/task.ts';
import type { ExecutionReport, NetworkSubnets } from '../execution/world.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterIdRange } from '../state/canister-ids.ts';
import type { HostCallObserver, NetworkFacts } from '../system-api/execution-state.ts';
import type { SubnetCostsOptions } from '../system-api/subnet-costs.ts';
import type { BatchJournal } from './intake.ts';
import type { NetworkClock } from './network-clock.ts';
import type { SubnetImage } from './subnet-image.ts';

/** What a subnet starts with. */
export interface LocalSubnetOptions {
  readonly id: Uint8Array;
  /** DER. */
  readonly rootKey: Uint8Array;
  readonly clock: NetworkClock;
  /** Principals that may do with any canister what its controllers may do with its life. */
  readonly subnetAdmins?: readonly Uint8Array[] | undefined;
  /** Secret random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** Where it publishes what is certified; nowhere if left out. */
  readonly state?: CertifiedState | undefined;
  /** Where it goes on from. */
  readonly image?: SubnetImage | undefined;
  readonly canisters?: readonly Canister[] | undefined;
  /** Keeps what happens before it does; without it messages are taken at once. */
  readonly journal?: BatchJournal | undefined;
  /** For what takes messages at once: told of each before it is taken; false where it must not be. */
  readonly keep?: ((message: IngressMessage) => boolean) | undefined;
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
  /** Whether rounds run by themselves (unless told), or only when `round` is called. */
  readonly rounds?: 'automatic' | 'on demand' | undefined;
  /** Told when something changed that a checkpoint should have. */
  readonly onChange?: (() => void) | undefined;
  /** Told of every execution. */
  readonly onExecuted?: ((report: ExecutionReport) => void) | undefined;
  /** For tests of what a trap leaves. */
  readonly onHostCall?: HostCallObserver | undefined;
}
