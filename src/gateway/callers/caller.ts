import type { CanisterCalls } from '../../client/canister-calls.ts';
import type { ServiceMethod } from '../interface/service-method.ts';
import { asNetworkFailure } from './network-failure.ts';

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
export function createCaller(principal: string, calls: CanisterCalls): Caller {
  return {
    principal,
    async call(method, values) {
      const args = method.read(values);
      try {
        const answer = await calls.call(method.name, args);
        return method.answer?.write(answer) ?? null;
      } catch (error) {
        throw asNetworkFailure(error);
      }
    },
  };
}
