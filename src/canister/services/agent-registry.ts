import { encodeUtf8, type Text } from '../codec/index.ts';
import { agentBody, encodeAgent } from '../models/agent.ts';
import { invalidArgument, notFound, Refusal } from '../models/agent-error.ts';
import { isAnonymous } from '../policy/access.ts';
import { LIMITS } from '../policy/limits.ts';
import { checkName } from '../policy/validation.ts';
import type { Store } from '../storage/store.ts';
import type { Call } from './call.ts';

const UNNAMED = encodeUtf8('agent');

/** The principals that may call the service. */
export class AgentRegistry {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Lets a principal call the service; Conflict where it may already. */
  add(args: { readonly agent: Uint8Array; readonly name: Text }, call: Call): void {
    checkName('name', args.name);
    checkPrincipal('agent', args.agent);
    if (this.#store.agents.has(args.agent)) {
      throw new Refusal({ kind: 'Conflict', message: 'the principal is an agent already' });
    }
    this.#put(args.agent, args.name.utf8, call);
  }

  remove(args: { readonly agent: Uint8Array }): void {
    if (!this.#store.agents.has(args.agent)) throw notFound();
    this.#store.agents.delete(args.agent);
  }

  /** Every agent, as Candid records, in the order of their principals. */
  list(): Uint8Array[] {
    return this.#store.agents.values().map(agentBody);
  }

  /** Takes over what the canister was installed or upgraded with: what is left out stays as it is. A refusal has to roll the rest back. */
  configure(
    args: { readonly owner?: Uint8Array | undefined; readonly agents?: readonly Uint8Array[] | undefined },
    call: Call,
  ): void {
    if (args.owner !== undefined) checkPrincipal('owner', args.owner);
    for (const agent of args.agents ?? []) checkPrincipal('agents', agent);
    if (args.owner !== undefined) this.#store.settings.setOwner(args.owner);
    for (const agent of args.agents ?? []) {
      if (!this.#store.agents.has(agent)) this.#put(agent, UNNAMED, call);
    }
  }

  #put(agent: Uint8Array, name: Uint8Array, call: Call): void {
    if (this.#store.agents.size() >= LIMITS.agents) {
      throw new Refusal({ kind: 'QuotaExceeded', resource: 'agents', limit: BigInt(LIMITS.agents) });
    }
    this.#store.agents.set(agent, encodeAgent({ agent, name, addedAt: call.now, addedBy: call.principal }));
  }
}

function checkPrincipal(field: string, principal: Uint8Array): void {
  if (isAnonymous(principal)) throw invalidArgument(field, 'must not be the anonymous principal');
}
