import { type IDL, isController, msgArgData, msgCaller, msgReject, msgReply, time } from 'azle';
import { ArgumentDecoder, CandidError, type RecordOf, type Shape, type Text } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';
import type { Rights } from '../models/rights.ts';
import type { Call } from '../services/call.ts';
import { writeCount } from '../storage/stable-maps.ts';
import type { AccessRule } from './access-rules.ts';
import { idlOf } from './idl.ts';
import type { Reply } from './replies.ts';
import { rates, requests } from './services.ts';

type Arguments = Readonly<Record<string, Shape<unknown>>>;

/** A method of the interface: who may call it, what it takes, and how it answers. */
export interface EndpointOptions<F extends Arguments, R> {
  readonly access: AccessRule<RecordOf<F>>;
  /** In the order of the interface; the names appear in messages. */
  readonly args: F;
  readonly reply: Reply<R>;
  /** `rights` are the caller's on the records that the call is about. */
  readonly run: (args: RecordOf<F>, call: Call, rights: Rights) => R;
  /** For an update that must not happen twice: its name, which a canister is not told, and where its request_id is. */
  readonly once?: { readonly method: string; readonly id: (args: RecordOf<F>) => Text | undefined };
}

export interface Endpoint {
  /** What Azle's `query` and `update` take. `manual`: arguments and reply stay bytes, which Azle would decode at a hundred times the cost. */
  readonly signature: [IDL.Type[], IDL.Type | undefined, { manual: true }];
  /** Answers the current message. */
  readonly serve: () => void;
}

/**
 * How often the caller calls is checked first, then who they are, then what the arguments say that the call is about, and how often
 * calls are about that, then everything else in them. What a caller did wrong is told as `Err`, or as a reject where the result has none; nothing has been
 * written then. Anything else that is thrown traps, and the network rolls the message back.
 */
export function endpoint<F extends Arguments, R>(options: EndpointOptions<F, R>): Endpoint {
  const { reply } = options;
  const decoder = new ArgumentDecoder(options.args);
  return {
    signature: [
      decoder.types.map(idlOf),
      reply.type === undefined ? undefined : idlOf(reply.type),
      { manual: true },
    ],
    serve() {
      const before = writeCount();
      try {
        const call = currentCall();
        rates.admit(call);
        const decide = options.access(call);
        const message = msgArgData();
        const args = decoder.decode(message);
        const rights = decide(args);
        const answer = () => reply.encode(options.run(args, call, rights));
        const { once } = options;
        const id = once?.id(args);
        if (once === undefined || id === undefined) msgReply(answer());
        else msgReply(requests.once({ id, method: once.method, message }, call, answer));
      } catch (error) {
        if (writeCount() !== before) throw error;
        if (error instanceof Refusal && reply.encodeError !== undefined)
          msgReply(reply.encodeError(error.error));
        else if (error instanceof Refusal || error instanceof CandidError) msgReject(error.message);
        else throw error;
      }
    },
  };
}

/** Who sent the current message, and when it is executed. */
export function currentCall(): Call {
  const caller = msgCaller();
  return { principal: caller.toUint8Array(), isController: () => isController(caller), now: time() };
}
