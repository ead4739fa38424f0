import { Actor, type ActorSubclass, type CallConfig, type HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { callFailure } from '../../client/calls/agent-errors.ts';
import { EXPIRY_MS } from '../../client/network/time-limit.ts';

/** How a canister is called that is not the service. */
export interface ActorPlace extends Pick<CallConfig, 'effectiveCanisterId'> {
  readonly agent: HttpAgent;
  readonly canisterId: NonNullable<CallConfig['canisterId']>;
}

/** As the agent's actor, but its methods reject with errors of the client, in whose words commands tell what failed. */
export function createToldActor<T>(
  idl: IDL.InterfaceFactory,
  { agent, canisterId, effectiveCanisterId }: ActorPlace,
): ActorSubclass<T> {
  const actor = Actor.createActor<Record<string, (...args: unknown[]) => Promise<unknown>>>(idl, {
    agent,
    canisterId,
    ...(effectiveCanisterId === undefined ? {} : { callTransform: () => ({ effectiveCanisterId }) }),
  });
  const told = idl({ IDL })._fields.map(([method, { annotations }]) => [
    method,
    (...args: readonly unknown[]) =>
      Promise.resolve(actor[method]?.(...args)).catch((error: unknown) => {
        throw callFailure(error, {
          host: agent.host.origin,
          rootKey: agent.rootKey ?? undefined,
          timeoutMs: EXPIRY_MS,
          isUpdate: !annotations.includes('query'),
          method,
        });
      }),
  ]);
  // The methods of the interface, by which `T` is written.
  return Object.fromEntries(told) as ActorSubclass<T>;
}
