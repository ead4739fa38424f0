import type { ChainKeys } from '../chain-keys/chain-keys.ts';
import { equalBytes } from '../codec/bytes.ts';
import type { Message } from '../messages/message.ts';
import type { Outcome } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterSettings } from '../state/canister-settings.ts';
import type { Canisters } from '../state/canisters.ts';
import type { Ledger, LedgerName } from '../state/ledger.ts';
import { memoryUse, totalBytes } from '../state/memory-use.ts';
import type { Outcalls } from '../state/outcalls.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { CanisterFacts, HostCallObserver, NetworkFacts } from '../system-api/execution-state.ts';
import type { SubnetCosts } from '../system-api/subnet-costs.ts';
import type { Instances } from './instances.ts';
import type { InstructionLimits } from './limits.ts';
import type { Outbox } from './outbox.ts';

/** What one execution took. */
export interface ExecutionReport {
  readonly canisterId: Uint8Array;
  readonly entryPoint: EntryPoint;
  /** Undefined where it is not a method. */
  readonly methodName: string | undefined;
  readonly instructions: bigint;
  /** Charged for the execution itself; a query is free. */
  readonly cycles: bigint;
  readonly trapped: boolean;
}

/** The subnets of a network. */
export interface NetworkSubnets {
  readonly all: readonly ExecutionWorld[];
  readonly open: readonly ExecutionWorld[];
}

/** What messages are executed in: the canisters, their instances, and the network around them. */
export interface ExecutionWorld {
  readonly canisters: Canisters;
  readonly instances: Instances;
  readonly outbox: Outbox;
  readonly outcalls: Outcalls;
  readonly ledgers: Readonly<Record<LedgerName, Ledger>>;
  /** With which the network signs for its canisters; undefined where it does not. */
  readonly chainKeys: ChainKeys | undefined;
  readonly subnetId: Uint8Array;
  /** Whether a call goes to another subnet of the network; none does where there is no other. */
  readonly isElsewhere: NetworkFacts['isElsewhere'];
  readonly costs: SubnetCosts;
  readonly limits: InstructionLimits;
  /** All subnets of the network, this one among them, and those where anybody may have canisters created. */
  readonly subnets: () => NetworkSubnets;
  /** DER. */
  readonly rootKey: Uint8Array;
  /** Principals that may stop, start, uninstall and delete any canister, and list them. */
  readonly subnetAdmins: readonly Uint8Array[];
  /** ns since 1970; never goes back. */
  readonly now: () => bigint;
  /** A certificate of the canister's certified data, where the network certifies. */
  readonly dataCertificate: ((canisterId: Uint8Array) => Uint8Array) | undefined;
  /** Answers a query of the management canister, as a composite query can make it. */
  readonly queryManagement: (message: Message) => Outcome;
  /** Told of cycles that are consumed; of less than none where some come back. */
  readonly consumed: (cycles: bigint) => void;
  readonly onHostCall?: HostCallObserver | undefined;
  /** Told of every execution. */
  readonly executed: (report: ExecutionReport) => void;
}

const SECONDS_PER_DAY = 86_400n;

/** What host functions may know of the canister now. */
export function canisterFacts(world: ExecutionWorld, canister: Canister): CanisterFacts {
  const { id, settings, runState, version, callbacks } = canister;
  const outstandingCallsTo = (wanted: Uint8Array) =>
    [...callbacks.values()].filter(({ callee }) => callee !== undefined && equalBytes(callee, wanted)).length;
  return { id, settings, runState, version, frozenCycles: frozenCycles(world, canister), outstandingCallsTo };
}

/** How much more or otherwise a canister holds than it does. */
interface Supposition {
  readonly moreBytes?: bigint | undefined;
  readonly settings?: CanisterSettings;
}

/** What the canister takes in a day of idling, in cycles; memory that is reserved for it costs as if it were used. */
export function idleCycles(
  { costs }: Pick<ExecutionWorld, 'costs'>,
  canister: Canister,
  { moreBytes, settings = canister.settings }: Supposition = {},
): bigint {
  return costs.idlePerDay(chargedBytes(canister, { moreBytes, settings }), settings.computeAllocation);
}

/** Bytes that the canister pays for: what it uses, or what is reserved for it if that is more. */
export function chargedBytes(
  canister: Canister,
  { moreBytes = 0n, settings = canister.settings }: Supposition = {},
): bigint {
  const { memoryAllocation } = settings;
  const used = totalBytes(memoryUse(canister)) + moreBytes;
  return used > memoryAllocation ? used : memoryAllocation;
}

/** Cycles that the canister has to have for a message that takes as many instructions as it may. */
export function neededToRun(world: ExecutionWorld, canister: Canister): bigint {
  const { costs, instances, limits } = world;
  const memory64 = canister.code !== undefined && instances.moduleOf(canister.code).memory64;
  return costs.execution(limits.U, memory64) + frozenCycles(world, canister);
}

/** Cycles that the freezing threshold keeps back: what the canister takes in so many seconds of idling. */
export function frozenCycles(
  world: Pick<ExecutionWorld, 'costs'>,
  canister: Canister,
  supposition: Supposition = {},
): bigint {
  const { freezingThreshold } = supposition.settings ?? canister.settings;
  return (idleCycles(world, canister, supposition) * freezingThreshold) / SECONDS_PER_DAY;
}

/** What host functions may know of the network now; only non-replicated queries see a certificate. */
export function networkFacts(world: ExecutionWorld, certificateFor?: Canister): NetworkFacts {
  const { subnetId, rootKey, isElsewhere, costs, now, dataCertificate, onHostCall } = world;
  const facts = { subnetId, rootKey, isElsewhere, costs, time: now(), onHostCall };
  if (certificateFor === undefined || dataCertificate === undefined) return facts;
  return { ...facts, dataCertificate: () => dataCertificate(certificateFor.id) };
}
