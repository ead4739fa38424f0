import type { CallOrigin } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { ChangeDetails, ChangeOrigin } from '../state/canister-history.ts';
import type { ManagementCall } from './management-call.ts';

/** Notes in the canister's history what a call changed; to be called after the change. */
export function recordChange(
  { world, origin }: ManagementCall,
  canister: Canister,
  details: ChangeDetails,
  [senderVersion]: readonly bigint[],
): void {
  canister.history.add({
    timestamp: world.now(),
    canisterVersion: canister.version,
    origin: changeOrigin(origin, senderVersion),
    details,
  });
  world.outbox.changed(canister);
}

function changeOrigin(origin: CallOrigin, canisterVersion: bigint | undefined): ChangeOrigin {
  switch (origin.kind) {
    case 'ingress':
      return { kind: 'user', userId: origin.sender };
    case 'canister':
      return { kind: 'canister', canisterId: origin.sender, canisterVersion };
    case 'system':
      throw new Error('the system itself changes no canister');
  }
}
