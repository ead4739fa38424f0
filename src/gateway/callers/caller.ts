import type { CanisterCalls } from '../../client/canister-calls.ts';
import type { ServiceMethod } from '../interface/service-method.ts';
import { withDeadline } from './deadline.ts';
import { asNetworkFailure } from './network-failure.ts';

/** How long the network may take for an answer, in ms: an update takes seconds, and is certain to be over after 5 minutes. */
const DEADLINE_MS = 60_000;

/** Named values in JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The service as one identity calls it, in JSON. */
export interface Caller {
  /** The text of the principal. */
  readonly principal: string;
  /**
   * Calls a method; resolves with its answer in JSON, null where it answers nothing. The values have to fit the method's schema.
   * Rejects with a `RefusalError` for what the service refuses, a `CallRejectedError` where the network rejects the call,
   * and a `NetworkFailure` where there is no answer to trust.
   */
  call(method: ServiceMethod, values: JsonObject): Promise<unknown>;
}

/** The caller that signs as the identity of `calls`, whose principal is the one given. */
export function createCaller(principal: string, calls: CanisterCalls, deadlineMs = DEADLINE_MS): Caller {
  return {
    principal,
    async call(method, values) {
      const args = method.read(values);
      try {
        const answer = await withDeadline(calls.call(method.name, args), deadlineMs);
        return method.answer?.write(answer) ?? null;
      } catch (error) {
        throw asNetworkFailure(error);
      }
    },
  };
}
