import { sameBytes } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';

/** Who calls, as far as access depends on it. */
export interface Caller {
  readonly principal: Uint8Array;
  /** Whether the caller controls the canister. Asked only where it matters: it is a system call. */
  readonly isController: () => boolean;
}

/** Whom the service knows. */
export interface KnownPrincipals {
  readonly owner: () => Uint8Array | undefined;
  readonly isAgent: (principal: Uint8Array) => boolean;
}

const ANONYMOUS = 0x04;

export function isAnonymous(principal: Uint8Array): boolean {
  return principal.length === 1 && principal[0] === ANONYMOUS;
}

/** Who may do what: agents and the owner use the service, the owner and the canister's controllers name agents. */
export class Access {
  readonly #known: KnownPrincipals;

  constructor(known: KnownPrincipals) {
    this.#known = known;
  }

  /** Refuses everybody but the agents and the owner. */
  requireAgent(caller: Caller): void {
    refuseAnonymous(caller);
    if (this.#known.isAgent(caller.principal) || this.#isOwner(caller)) return;
    throw unauthorized(
      'the caller is not an agent of this service; its owner or a controller can add it by add_agent',
    );
  }

  /** Refuses everybody but the owner and the canister's controllers. */
  requireAdmin(caller: Caller): void {
    refuseAnonymous(caller);
    if (this.#isOwner(caller) || caller.isController()) return;
    throw unauthorized('only the owner of this service and its controllers may do this');
  }

  #isOwner(caller: Caller): boolean {
    const owner = this.#known.owner();
    return owner !== undefined && sameBytes(owner, caller.principal);
  }
}

function refuseAnonymous(caller: Caller): void {
  if (isAnonymous(caller.principal)) throw unauthorized('anonymous callers may not use this service');
}

function unauthorized(message: string): Refusal {
  return new Refusal({ kind: 'Unauthorized', message });
}
