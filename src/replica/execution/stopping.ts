import type { Canister } from '../state/canister.ts';
import { emptyReply } from './empty-reply.ts';
import { respond } from './outbox.ts';
import type { ExecutionWorld } from './world.ts';

/** A canister that is stopping has stopped once it works on no call; those who wait for it are told. */
export function completeStop(world: ExecutionWorld, canister: Canister): void {
  if (canister.runState !== 'stopping' || canister.callContexts.size > 0) return;
  const waiters = canister.stopWaiters;
  canister.runState = 'stopped';
  canister.stopWaiters = [];
  canister.version += 1n;
  for (const { cycles, ...origin } of waiters) respond(world.outbox, origin, emptyReply(), cycles);
  world.outbox.changed(canister);
}
