import type { CallerInfo } from '../messages/message.ts';
import type { Closure } from '../state/call-context.ts';
import type { RunState } from '../state/canister.ts';
import { CanisterLog } from '../state/canister-log.ts';
import type { CanisterSettings } from '../state/canister-settings.ts';
import type { StableMemory } from '../state/stable-memory.ts';
import type { EntryPoint } from './entry-point.ts';
import { Payload } from './payload.ts';
import type { SubnetCosts } from './subnet-costs.ts';

/** The most that a message replies with, in bytes; what nobody but the caller has to agree on can be larger. */
export const MAX_REPLY_BYTES = 2 * 1024 * 1024;
const MAX_QUERY_REPLY_BYTES = 3 * 1024 * 1024;

/** What the running message brought along. */
export interface MessageInput {
  readonly caller: Uint8Array;
  /** What is said of a caller who is a user; undefined where nothing is. */
  readonly callerInfo?: CallerInfo | undefined;
  /** The argument, or a reply's data; undefined where there is none. */
  readonly arg?: Uint8Array;
  readonly methodName?: string;
  /** Why a call was rejected; undefined for a reply. */
  readonly reject?: { readonly code: number; readonly message: string };
  /** Cycles that came back with a response. */
  readonly cyclesRefunded?: bigint;
  /** ns since 1970; 0 where the call has none. */
  readonly deadline?: bigint;
}

/** What the message answers. */
export type CanisterResponse =
  | { readonly kind: 'reply'; readonly data: Uint8Array }
  | { readonly kind: 'reject'; readonly message: string };

/** A call that the message makes, complete once it is performed. */
export interface OutgoingCall {
  readonly callee: Uint8Array;
  readonly methodName: string;
  readonly arg: Uint8Array;
  readonly cycles: bigint;
  readonly onReply: Closure;
  readonly onReject: Closure;
  readonly onCleanup: Closure | undefined;
  /** Seconds, of a call with best-effort response; undefined for a guaranteed one. */
  readonly timeoutSeconds: number | undefined;
}

/** A call between `call_new` and `call_perform`. */
export interface PendingCall extends Omit<OutgoingCall, 'arg' | 'cycles' | 'onCleanup' | 'timeoutSeconds'> {
  readonly arg: Payload;
  cycles: bigint;
  onCleanup: Closure | undefined;
  timeoutSeconds: number | undefined;
}

/** What of the canister the code can ask for and not change. */
export interface CanisterFacts {
  readonly id: Uint8Array;
  readonly settings: CanisterSettings;
  readonly runState: RunState;
  readonly version: bigint;
  /** Cycles that the freezing threshold keeps from being spent. */
  readonly frozenCycles: bigint;
  /** How many of its calls to that canister have no response yet. */
  readonly outstandingCallsTo: (callee: Uint8Array) => number;
}

/** What of the network the code can ask for. */
export interface NetworkFacts {
  readonly subnetId: Uint8Array;
  /** DER. */
  readonly rootKey: Uint8Array;
  /** ns since 1970; the same during a whole message. */
  readonly time: bigint;
  /** Whether a call would go to another subnet; none does where there is no other. */
  readonly isElsewhere?: ((call: Pick<OutgoingCall, 'callee' | 'methodName' | 'arg'>) => boolean) | undefined;
  /** What things cost on this subnet. */
  readonly costs: SubnetCosts;
  /** A certificate of the canister's certified data; undefined where there is none. */
  readonly dataCertificate?: (() => Uint8Array) | undefined;
  readonly onHostCall?: HostCallObserver | undefined;
}

/** Told of each call of a host function before it does anything. What it returns is why the call traps; undefined lets it be. */
export type HostCallObserver = (name: string, entryPoint: EntryPoint) => string | undefined;

/** The memory of an instance, as the canister sees it. */
export interface GuestMemory {
  /** Not copied; another view once the memory grew. */
  readonly bytes: Uint8Array;
  /** To be told of what is written to it. */
  mark(start: number, length: number): void;
}

/** The instance whose code runs. */
export interface RunningInstance {
  readonly memory: GuestMemory | undefined;
  /** Whether its memory is a 64-bit one. */
  readonly memory64: boolean;
  /** Below zero once it ran out. */
  readonly instructionsLeft: bigint;
  /** Takes instructions off; throws if none are left. */
  charge(instructions: number): void;
}

/** What a message starts with. */
export interface ExecutionStart {
  readonly entryPoint: EntryPoint;
  readonly input: MessageInput;
  readonly canister: CanisterFacts;
  readonly network: NetworkFacts;
  readonly instance: RunningInstance;
  readonly stable: StableMemory;
  readonly instructionLimit: bigint;
  readonly cycles: bigint;
  readonly cyclesAvailable: bigint;
  /** Whether the call was answered by an earlier message. */
  readonly responded: boolean;
  /** Instructions of the earlier messages of the same call. */
  readonly earlierInstructions: bigint;
  readonly globalTimer: bigint;
}

/**
 * All that host functions read and change while one message runs. Nothing here touches the canister's committed state:
 * who started the execution takes the changes over when it ends well, and drops them when it traps.
 */
export class ExecutionState {
  readonly start: ExecutionStart;
  /** The balance. */
  cycles: bigint;
  /** Cycles that the code burned on purpose. */
  burned = 0n;
  /** Cycles of the call that were not accepted. */
  cyclesAvailable: bigint;
  /** Undefined as long as the message does not set it. */
  certifiedData: Uint8Array | undefined;
  globalTimer: bigint;
  /** What the reply will have. */
  readonly reply: Payload;
  response: CanisterResponse | undefined;
  pendingCall: PendingCall | undefined;
  readonly calls: OutgoingCall[] = [];
  /** Whether inspect_message accepted. */
  accepted = false;
  /** What was printed, as much of it as the canister's log would keep. */
  readonly printed = new CanisterLog();

  constructor(start: ExecutionStart) {
    this.start = start;
    this.cycles = start.cycles;
    this.cyclesAvailable = start.cyclesAvailable;
    this.globalTimer = start.globalTimer;
    this.reply = new Payload(start.entryPoint === 'NRQ' ? MAX_QUERY_REPLY_BYTES : MAX_REPLY_BYTES);
  }

  /** Whether the call has its answer, by this message or by an earlier one. */
  get responded(): boolean {
    return this.start.responded || this.response !== undefined;
  }

  /** Cycles of the call that can be accepted now: the answer gives back what was not. */
  get acceptableCycles(): bigint {
    return this.responded ? 0n : this.cyclesAvailable;
  }

  /** Instructions of this message so far. */
  get instructions(): bigint {
    return this.start.instructionLimit - this.start.instance.instructionsLeft;
  }

  /** Cycles that may be spent without freezing the canister. */
  get liquidCycles(): bigint {
    const liquid = this.cycles - this.start.canister.frozenCycles;
    return liquid > 0n ? liquid : 0n;
  }
}
