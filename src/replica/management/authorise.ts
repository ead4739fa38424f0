import type { Principal } from '@dfinity/principal';
import { equalBytes } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { canisterNotFound } from '../execution/rejects.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Canister } from '../state/canister.ts';
import type { Visibility } from '../state/canister-settings.ts';
import { ManagementError, refuse } from './management-error.ts';

/** The canister that a call is about. Refuses for one that does not exist. */
export function requireCanister(world: ExecutionWorld, id: Principal): Canister {
  const bytes = id.toUint8Array();
  const canister = world.canisters.get(bytes);
  if (canister === undefined) throw new ManagementError(canisterNotFound(bytes));
  return canister;
}

/** The canister that a call is about. Refuses for a sender that does not control it. */
export function requireControlled(world: ExecutionWorld, id: Principal, sender: Uint8Array): Canister {
  const canister = requireCanister(world, id);
  if (!isController(canister, sender)) {
    const controllers = canister.settings.controllers.map(principalText).join(' ');
    refuse(
      'IC0512',
      `Only the controllers of the canister ${id.toText()} can control it.\nCanister's controllers: ${controllers}\nSender's ID: ${principalText(sender)}`,
    );
  }
  return canister;
}

/** As `requireControlled`, for what the subnet's admins may also do with any canister. */
export function requireControlledOrAdmin(world: ExecutionWorld, id: Principal, sender: Uint8Array): Canister {
  return isAdmin(world, sender) ? requireCanister(world, id) : requireControlled(world, id, sender);
}

/** Whether the principal is an admin of the subnet; most subnets have none. */
export function isAdmin(
  { subnetAdmins }: Pick<ExecutionWorld, 'subnetAdmins'>,
  principal: Uint8Array,
): boolean {
  return subnetAdmins.some((admin) => equalBytes(admin, principal));
}

/** As `requireControlled`, for what a canister may also do with itself. */
export function requireControlledOrSelf(world: ExecutionWorld, id: Principal, sender: Uint8Array): Canister {
  return equalBytes(id.toUint8Array(), sender)
    ? requireCanister(world, id)
    : requireControlled(world, id, sender);
}

/** Whether the principal is one of the canister's controllers. */
export function isController(canister: Canister, principal: Uint8Array): boolean {
  return canister.settings.controllers.some((controller) => equalBytes(controller, principal));
}

/** Whether the principal may see what the visibility guards. */
export function maySee(canister: Canister, visibility: Visibility, principal: Uint8Array): boolean {
  if (isController(canister, principal)) return true;
  switch (visibility.kind) {
    case 'public':
      return true;
    case 'controllers':
      return false;
    case 'allowed_viewers':
      return visibility.viewers.some((viewer) => equalBytes(viewer, principal));
  }
}
