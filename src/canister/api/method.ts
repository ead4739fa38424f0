import {
  type IDL,
  inReplicatedExecution,
  isController,
  msgArgData,
  msgCaller,
  msgReject,
  msgReply,
  performanceCounter,
  time,
} from 'azle';
import type { _SERVICE } from '../../candid/agent_service.did.ts';
import { QUERY_METHODS } from '../../candid/query-methods.ts';
import { ArgumentDecoder, CandidError, type RecordOf, type Shape } from '../codec/index.ts';
import type { Rights } from '../models/access/rights.ts';
import { Refusal } from '../models/agent-error.ts';
import type { Caller } from '../policy/access/caller.ts';
import { isUnknown } from '../policy/access/caller.ts';
import { tooLong } from '../policy/limits/inspection.ts';
import { QUERY_WORK, REPLICATED_WORK } from '../policy/limits/limits.ts';
import { rateLimited } from '../policy/limits/rate-limiter.ts';
import type { Share } from '../policy/limits/rates.ts';
import type { ConsentMessage } from '../services/consent/consent-message.ts';
import { type CallOutcome, MethodCalls } from '../services/metrics/method-calls.ts';
import { writeCount } from '../storage/stable-maps.ts';
import type { AccessRule } from './access-rules.ts';
import { idlOf } from './idl.ts';
import { messageWork } from './message-work.ts';
import type { Reply } from './replies.ts';
import { callers, certify, rates, taskTimer } from './services.ts';

/** The counter of all that a call took, its callbacks included. */
const CALL_CONTEXT = 1;

export type Arguments = Readonly<Record<string, Shape<unknown>>>;

/** A method of the interface: who may call it, what it takes, and how it answers. */
export interface MethodOptions<F extends Arguments, R> {
  readonly name: keyof _SERVICE;
  readonly access: AccessRule<RecordOf<F>>;
  /** In the order of the interface; the names appear in messages. */
  readonly args: F;
  readonly reply: Reply<R>;
  /** For what users sign: what they read before. */
  readonly consent?: (args: RecordOf<F>) => ConsentMessage;
  /** Where the calls of unknown callers are counted; with all others unless told. */
  readonly share?: Share;
}

/** What Azle's `query` and `update` take. `manual`: arguments and reply stay bytes, which Azle would decode at a hundred times the cost. */
export type Signature = [IDL.Type[], IDL.Type | undefined, { manual: true }];

/** What is told of a method beside its answers. */
interface MethodFacts {
  readonly calls: MethodCalls;
  /** What a user reads before they sign a call with these arguments; undefined for a method that users don't sign. */
  readonly consentTo: (arg: Uint8Array) => ConsentMessage | undefined;
  /** Why a long message would be refused for its caller or for the user whom it is about; undefined where it would not. */
  readonly preview: (call: Caller, message: Uint8Array) => string | undefined;
}

const facts = new Map<string, MethodFacts>();

/** Every method of the interface, by its name. */
export const methods: ReadonlyMap<string, MethodFacts> = facts;

/** The steps of answering a call, and the count of the answers. */
export class Method<F extends Arguments, R> {
  readonly signature: Signature;
  readonly #options: MethodOptions<F, R>;
  readonly #decoder: ArgumentDecoder<F>;
  readonly #calls = new MethodCalls();
  readonly #share: Share;
  /** Also where it is sent as an update. */
  readonly isQuery: boolean;

  constructor(options: MethodOptions<F, R>) {
    const { name, args, reply, consent } = options;
    this.#options = options;
    this.#share = options.share ?? 'calls';
    this.isQuery = QUERY_METHODS.has(name);
    this.#decoder = new ArgumentDecoder(args);
    const result = reply.type === undefined ? undefined : idlOf(reply.type);
    this.signature = [this.#decoder.types.map(idlOf), result, { manual: true }];
    facts.set(name, {
      calls: this.#calls,
      consentTo: (arg) => consent?.(this.#decoder.decode(arg)),
      preview: (call, message) => this.#preview(call, message),
    });
  }

  /**
   * Checks how often the caller calls and who they are, reads the arguments, and decides what the caller may do with what they are about. What takes
   * long, the check of the texts, comes last.
   */
  admit(call: Caller): { args: RecordOf<F>; rights: Rights } {
    const message = msgArgData();
    if (inReplicatedExecution()) this.#admitCaller(call, message.length);
    const decide = this.#options.access(call);
    const learns = call.kind !== undefined && !isUnknown(call.kind);
    const { args, checkTexts } = this.#decoder.decodeUnchecked(message, learns);
    const rights = decide(args);
    checkTexts();
    return { args, rights };
  }

  #admitCaller(call: Caller, length: number): void {
    if (call.isQuery !== true) taskTimer.keepAlive(call.now);
    const kind = callers.kindOf(call);
    call.kind = kind;
    call.work.limitTo(REPLICATED_WORK[kind]);
    const refusal = tooLong(kind, this.#options.name, length);
    if (refusal !== undefined) throw refusal;
    rates.admit(call, kind, this.#share);
  }

  #preview(call: Caller, message: Uint8Array): string | undefined {
    const wait = rates.waitOf(call);
    if (wait > 0) return rateLimited(wait).message;
    try {
      const decide = this.#options.access(call);
      decide(this.#decoder.decodeUnchecked(message, false).args);
    } catch (error) {
      if (error instanceof Refusal || error instanceof CandidError) return error.message;
      throw error;
    }
    return undefined;
  }

  encode(value: R): Uint8Array {
    return this.#options.reply.encode(value);
  }

  reply(answer: Uint8Array, call: Caller): void {
    certify();
    msgReply(answer);
    this.#count('Ok', call);
  }

  /** Tells the caller what they did wrong; `writes` is the count before the call's first one. What else went wrong traps. */
  refuse(refusal: unknown, call: Caller, writes: number): void {
    if (writeCount() !== writes) throw refusal;
    const error = this.#afterFailure(refusal, call);
    const { encodeError } = this.#options.reply;
    if (error instanceof Refusal && encodeError !== undefined) msgReply(encodeError(error.error));
    else if (error instanceof Refusal || error instanceof CandidError) msgReject(error.message);
    else throw error;
    this.#count(error instanceof Refusal ? error.error.kind : 'Malformed', call);
  }

  /** What unknown callers fail at counts, where they were not counted before: there may be nothing left for it. */
  #afterFailure(refusal: unknown, call: Caller): unknown {
    if (call.kind === undefined || !isUnknown(call.kind)) return refusal;
    try {
      rates.chargeFailure(call, this.#share);
      return refusal;
    } catch (limited) {
      return limited;
    }
  }

  #count(outcome: CallOutcome, call: Caller): void {
    // What a query counts is dropped with all else that it changed: only of an update it is known who calls.
    if (call.kind === undefined) return;
    const instructions = Number(performanceCounter(CALL_CONTEXT));
    this.#calls.count(outcome, instructions);
    rates.charge(call, call.kind, this.#share, instructions);
  }
}

/** Who sent the current message, and when it is executed; `isQuery` where that is what its method is. */
export function currentCall(isQuery = false): Caller {
  const caller = msgCaller();
  return {
    principal: caller.toUint8Array(),
    isController: () => isController(caller),
    now: time(),
    work: messageWork(QUERY_WORK),
    isQuery,
  };
}
