import type { Identity } from '@dfinity/agent';
import { CanisterCalls, type ServiceCalls } from '../../client/calls/canister-calls.ts';
import { SealedCalls } from '../../client/sealing/sealed-calls.ts';
import type { SealingPolicy } from '../../client/values/sealing-policy.ts';
import type { ServiceMethod } from '../methods/service-method.ts';
import { asNetworkFailure } from './network-failure.ts';

/** Named values in JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where the service is. */
export interface ServicePlace {
  /** URL of the network; the Internet Computer itself unless told. */
  readonly host?: string | undefined;
  readonly canisterId: string;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array | undefined;
  /** How long the network may take for an answer, in ms; 60 s unless told. */
  readonly timeoutMs?: number | undefined;
  /** Whether callers seal and open secrets; `auto` unless told. */
  readonly sealing?: SealingPolicy | undefined;
}

/** The service as one identity calls it, in JSON. */
export interface Caller {
  /** The text of the principal. */
  readonly principal: string;
  /**
   * Calls a method; resolves with its answer in JSON, null where it answers nothing. The values have to fit the method's schema.
   * Rejects with a `RefusalError` for what the service refuses, a `CallRejectedError` where the network rejects the call,
   * a `VerificationFailedError` for a secret that is not opened or not sent, and a `NetworkFailure` where there is no answer to trust.
   */
  call(method: ServiceMethod, values: JsonObject): Promise<unknown>;
}

/** A caller whose secrets are sealed on their way, and opened as the caller. */
export interface SealingCaller extends Caller {
  /** The same one with secrets as the service has them: what it sends is not sealed, and what it reads is not opened. */
  readonly manual: Caller;
  /** Forgets the keys that open secrets. */
  forgetKeys(): void;
}

/** The caller that signs as the identity of `calls`, whose principal is the one given. */
export function createCaller(principal: string, calls: SealedCalls): SealingCaller {
  return {
    ...plainCaller(principal, (method) => (method.isTokenless ? calls.unopened : calls)),
    manual: plainCaller(principal, () => calls.manual),
    forgetKeys: () => calls.forget(),
  };
}

function plainCaller(principal: string, callsFor: (method: ServiceMethod) => ServiceCalls): Caller {
  return {
    principal,
    async call(method, values) {
      const args = method.read(values);
      try {
        const answer = await callsFor(method).call(method.name, args);
        return method.answer?.write(answer) ?? null;
      } catch (error) {
        throw asNetworkFailure(error);
      }
    },
  };
}

/** The caller that signs as the identity. */
export async function callerOf(place: ServicePlace, identity: Identity): Promise<SealingCaller> {
  const calls = new SealedCalls(await CanisterCalls.create({ ...place, identity }), {
    policy: place.sealing,
  });
  return createCaller(identity.getPrincipal().toText(), calls);
}
