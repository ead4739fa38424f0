import { time } from 'azle';
import type { RecordOf } from '../codec/index.ts';
import type { Rights } from '../models/access/rights.ts';
import type { Caller } from '../policy/access/caller.ts';
import type { Request } from '../services/requests/request.ts';
import { writeCount } from '../storage/stable-maps.ts';
import { type Arguments, currentCall, Method, type MethodOptions, type Signature } from './method.ts';
import { certify, requests } from './services.ts';

interface EndpointOptions<F extends Arguments, R> extends MethodOptions<F, R> {
  /** `rights` are the caller's on the records that the call is about. */
  readonly run: (args: RecordOf<F>, call: Caller, rights: Rights) => R;
  /** For an update that must not happen twice: how it is known again; undefined without a request_id. */
  readonly once?: (args: RecordOf<F>) => Request | undefined;
}

/** The call as it goes on after other calls may have changed what the caller may do. */
function withoutTerms(call: Caller): Caller {
  const { terms: _terms, ...rest } = call;
  return rest;
}

interface AwaitingEndpointOptions<F extends Arguments, R> extends MethodOptions<F, R> {
  /** Refuses what an answer would not help, before it is asked for, and writes what is to be there whatever the answer is. */
  readonly before: (args: RecordOf<F>, call: Caller) => void;
  /** Asks another canister. Other calls may run before it answers. */
  readonly ask: (args: RecordOf<F>) => Promise<Uint8Array>;
  readonly run: (args: RecordOf<F>, call: Caller, answer: Uint8Array) => R;
}

interface Endpoint<S> {
  readonly signature: Signature;
  /** Answers the current message. */
  readonly serve: () => S;
}

/**
 * How often the caller calls is checked first, then who they are, then what the arguments say that the call is about, and how often
 * calls are about that, then everything else in them. What a caller did wrong is told as `Err`, or as a reject where the result has none; nothing has been
 * written then. Anything else that is thrown traps, and the network rolls the message back.
 */
export function endpoint<F extends Arguments, R>(options: EndpointOptions<F, R>): Endpoint<void> {
  const method = new Method(options);
  return {
    signature: method.signature,
    serve() {
      const writes = writeCount();
      const call = currentCall(method.isQuery);
      try {
        const { args, rights } = method.admit(call);
        const request = options.once?.(args);
        if (request === undefined) {
          method.reply(method.encode(options.run(args, call, rights)), call);
          return;
        }
        method.reply(
          requests.once(request, call, () => method.encode(options.run(args, call, rights))),
          call,
        );
      } catch (error) {
        method.refuse(error, call, writes);
      }
    },
  };
}

/** As `endpoint`, for what takes an answer of another canister. The caller is checked again when it has come. */
export function awaitingEndpoint<F extends Arguments, R>(
  options: AwaitingEndpointOptions<F, R>,
): Endpoint<Promise<void>> {
  const method = new Method(options);
  return {
    signature: method.signature,
    async serve() {
      let writes = writeCount();
      const call = currentCall(method.isQuery);
      try {
        const { args } = method.admit(call);
        options.before(args, call);
        certify();
        // What this message writes, and others do before the answer comes, is done when it fails, too.
        const answer = await options.ask(args).finally(() => {
          writes = writeCount();
        });
        const later = withoutTerms({ ...call, now: time() });
        options.access(later)(args);
        method.reply(method.encode(options.run(args, later, answer)), later);
      } catch (error) {
        method.refuse(error, call, writes);
      }
    },
  };
}
