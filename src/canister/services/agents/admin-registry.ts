import { sameBytes } from '../../codec/index.ts';
import { notFound, Refusal } from '../../models/agent-error.ts';
import { adminBody, encodeAdmin } from '../../models/agents/admin.ts';
import type { ServiceEventKind } from '../../models/audit/service-event-kind.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { textOf } from '../../policy/access/principals.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkRoom } from '../../policy/limits/quotas.ts';
import { checkPrincipal } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ServiceLog } from '../audit/service-log.ts';

/** The principals that name agents, and one another. */
export class AdminRegistry {
  readonly #store: Store;
  readonly #log: ServiceLog;

  constructor(store: Store, log: ServiceLog) {
    this.#store = store;
    this.#log = log;
  }

  /** Conflict where the principal is one already. */
  add(args: { readonly admin: Uint8Array }, call: Caller): void {
    checkPrincipal('admin', args.admin);
    if (this.#store.admins.has(args.admin)) throw conflict('the principal is an admin already');
    checkRoom('admins', this.#store.admins.size(), LIMITS.admins);
    this.#put(args.admin, call.principal, call.now);
  }

  /** Conflict where the last admin would remove themself; a controller may remove them. */
  remove(args: { readonly admin: Uint8Array }, call: Caller): void {
    if (!this.#store.admins.has(args.admin)) throw notFound();
    if (this.#store.admins.size() === 1 && sameBytes(args.admin, call.principal)) {
      throw conflict('the last admin cannot remove themself');
    }
    this.#store.admins.delete(args.admin);
    this.#tell('AdminRemoved', 'Admin removed', args.admin, call.principal, call.now);
  }

  /** Every admin, as Candid records, in the order of their principals. */
  list(): Uint8Array[] {
    return this.#store.admins.values().map(adminBody);
  }

  /**
   * Takes over the owner that the canister was installed or upgraded with, and the one that an earlier layout kept in the settings. Those
   * that are admins already stay.
   */
  configure(owner: Uint8Array | undefined, call: Caller): void {
    if (owner !== undefined) checkPrincipal('owner', owner);
    const { formerOwner } = this.#store.settings;
    if (formerOwner !== undefined) {
      this.#put(formerOwner, formerOwner, call.now);
      this.#store.settings.forgetFormerOwner();
    }
    if (owner !== undefined && !this.#store.admins.has(owner)) this.#put(owner, call.principal, call.now);
  }

  #put(admin: Uint8Array, addedBy: Uint8Array, now: bigint): void {
    this.#store.admins.set(admin, encodeAdmin({ admin, addedAt: now, addedBy }));
    this.#tell('AdminAdded', 'Admin added', admin, addedBy, now);
  }

  #tell(
    kind: ServiceEventKind,
    description: string,
    admin: Uint8Array,
    actor: Uint8Array,
    now: bigint,
  ): void {
    this.#log.record({ kind, description, metadata: { admin: textOf(admin) } }, actor, now);
  }
}

function conflict(message: string): Refusal {
  return new Refusal({ kind: 'Conflict', message });
}
