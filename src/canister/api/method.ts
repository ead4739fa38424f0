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
import { ArgumentDecoder, CandidError, type RecordOf, type Shape } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';
import type { Rights } from '../models/rights.ts';
import type { Call } from '../services/call.ts';
import type { ConsentMessage } from '../services/consent-message.ts';
import { type CallOutcome, MethodCalls } from '../services/method-calls.ts';
import { writeCount } from '../storage/stable-maps.ts';
import type { AccessRule } from './access-rules.ts';
import { idlOf } from './idl.ts';
import type { Reply } from './replies.ts';
import { certify, rates } from './services.ts';

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
}

/** What Azle's `query` and `update` take. `manual`: arguments and reply stay bytes, which Azle would decode at a hundred times the cost. */
export type Signature = [IDL.Type[], IDL.Type | undefined, { manual: true }];

/** What is told of a method beside its answers. */
interface MethodFacts {
  readonly calls: MethodCalls;
  /** What a user reads before they sign a call with these arguments; undefined for a method that users don't sign. */
  readonly consentTo: (arg: Uint8Array) => ConsentMessage | undefined;
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

  constructor(options: MethodOptions<F, R>) {
    const { name, args, reply, consent } = options;
    this.#options = options;
    this.#decoder = new ArgumentDecoder(args);
    const result = reply.type === undefined ? undefined : idlOf(reply.type);
    this.signature = [this.#decoder.types.map(idlOf), result, { manual: true }];
    facts.set(name, {
      calls: this.#calls,
      consentTo: (arg) => consent?.(this.#decoder.decode(arg)),
    });
  }

  /** Checks how often the caller calls and who they are, reads the arguments, and decides what the caller may do with what they are about. */
  admit(call: Call): { args: RecordOf<F>; rights: Rights } {
    rates.admit(call);
    const decide = this.#options.access(call);
    const message = msgArgData();
    const args = this.#decoder.decode(message);
    return { args, rights: decide(args) };
  }

  encode(value: R): Uint8Array {
    return this.#options.reply.encode(value);
  }

  reply(answer: Uint8Array): void {
    certify();
    msgReply(answer);
    this.#count('Ok');
  }

  /** Tells the caller what they did wrong; `writes` is the count before the call's first one. What else went wrong traps. */
  refuse(error: unknown, writes: number): void {
    if (writeCount() !== writes) throw error;
    const { encodeError } = this.#options.reply;
    if (error instanceof Refusal && encodeError !== undefined) msgReply(encodeError(error.error));
    else if (error instanceof Refusal || error instanceof CandidError) msgReject(error.message);
    else throw error;
    this.#count(error instanceof Refusal ? error.error.kind : 'Malformed');
  }

  #count(outcome: CallOutcome): void {
    // What a query counts is dropped with all else that it changed.
    if (inReplicatedExecution()) this.#calls.count(outcome, Number(performanceCounter(CALL_CONTEXT)));
  }
}

/** Who sent the current message, and when it is executed. */
export function currentCall(): Call {
  const caller = msgCaller();
  return { principal: caller.toUint8Array(), isController: () => isController(caller), now: time() };
}
