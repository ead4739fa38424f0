import { decodeUtf8, encodeUtf8, type Text } from '../../codec/index.ts';
import {
  type AgentPermission,
  type AgentScope,
  ALL_PERMISSIONS,
  ALL_TYPES,
  agentPermissions,
  namesIn,
} from '../../models/access/rights.ts';
import { notFound, Refusal } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import {
  type Agent,
  type AgentTerms,
  agentBody,
  agentNameBody,
  decodeAgent,
  encodeAgent,
} from '../../models/agents/agent.ts';
import type { ServiceEventKind } from '../../models/audit/service-event-kind.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { textOf } from '../../policy/access/principals.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkRoom } from '../../policy/limits/quotas.ts';
import {
  checkFuture,
  checkLength,
  checkName,
  checkPrincipal,
  maskOfSome,
} from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ServiceLog } from '../audit/service-log.ts';
import type { Epochs } from '../sealing/epochs.ts';

/** What an admin says of an agent's rights; what is undefined is left out. */
export interface AgentRights {
  readonly agent_types: readonly AgentType[] | undefined;
  readonly permissions: readonly AgentPermission[] | undefined;
  readonly scope: AgentScope | undefined;
  readonly expires_at: bigint | undefined;
}

const UNNAMED = encodeUtf8('agent');

/** In an update: takes the expiry away. */
const NO_EXPIRY = 0n;

/** What an agent gets of which nothing else is said. */
const EVERYTHING: Omit<AgentTerms, 'since'> = {
  agentTypes: ALL_TYPES,
  permissions: ALL_PERMISSIONS,
  scope: 'every_user',
  expiresAt: undefined,
};

/** The principals that may call the service, and what each may do. */
export class AgentRegistry {
  readonly #store: Store;
  readonly #log: ServiceLog;
  readonly #epochs: Epochs;

  constructor(store: Store, log: ServiceLog, epochs: Epochs) {
    this.#store = store;
    this.#log = log;
    this.#epochs = epochs;
  }

  /** Lets a principal call the service, with every right that is not said to be less; Conflict where it may already. */
  add(args: AgentRights & { readonly agent: Uint8Array; readonly name: Text }, call: Caller): void {
    checkName('name', args.name);
    checkPrincipal('agent', args.agent);
    checkFuture('expires_at', args.expires_at, call.now);
    const rights = changed(EVERYTHING, args);
    if (this.#store.agents.has(args.agent)) {
      throw new Refusal({ kind: 'Conflict', message: 'the principal is an agent already' });
    }
    this.#put({ agent: args.agent, name: args.name.utf8, ...rights, ...madeIn(call) }, call);
  }

  /** Changes an agent; what is left out stays as it is, and an `expires_at` of 0 takes the expiry away. */
  update(
    args: AgentRights & { readonly agent: Uint8Array; readonly name: Text | undefined },
    call: Caller,
  ): void {
    checkName('name', args.name);
    if (args.expires_at !== NO_EXPIRY) checkFuture('expires_at', args.expires_at, call.now);
    const stored = this.#store.agents.get(args.agent);
    if (stored === undefined) throw notFound();
    const before = decodeAgent(stored);
    const name = args.name?.utf8 ?? before.name;
    const after = { ...before, ...changed(before, args), name };
    this.#epochs.changeAgent(args.agent, { before, after }, call.now, () =>
      this.#store.agents.set(args.agent, encodeAgent(after)),
    );
    this.#tell('AgentUpdated', 'Agent updated', after, call);
  }

  remove(args: { readonly agent: Uint8Array }, call: Caller): void {
    const stored = this.#store.agents.get(args.agent);
    if (stored === undefined) throw notFound();
    const before = decodeAgent(stored);
    this.#epochs.changeAgent(args.agent, { before, after: undefined }, call.now, () =>
      this.#store.agents.delete(args.agent),
    );
    this.#store.settings.setAgentLimits(args.agent, undefined);
    this.#tell('AgentRemoved', 'Agent removed', before, call);
  }

  /** Every agent, as Candid records, in the order of their principals. */
  list(): Uint8Array[] {
    return this.#store.agents.values().map(agentBody);
  }

  /** The names of those of the principals that are agents, as Candid records. */
  names(principals: readonly Uint8Array[]): Uint8Array[] {
    checkLength('agents', principals, LIMITS.agentNames);
    return principals.flatMap((principal) => {
      const stored = this.#store.agents.get(principal);
      return stored === undefined ? [] : [agentNameBody(stored)];
    });
  }

  /** Takes over the agents that the canister was installed or upgraded with, with every right. A refusal has to roll the rest back. */
  configure(agents: readonly Uint8Array[], call: Caller): void {
    for (const agent of agents) checkPrincipal('agents', agent);
    for (const agent of agents) {
      if (this.#store.agents.has(agent)) continue;
      this.#put({ agent, name: UNNAMED, ...EVERYTHING, ...madeIn(call) }, call);
    }
  }

  #put(agent: Agent, call: Caller): void {
    checkRoom('agents', this.#store.agents.size(), LIMITS.agents);
    this.#epochs.changeAgent(agent.agent, { before: undefined, after: agent }, call.now, () =>
      this.#store.agents.set(agent.agent, encodeAgent(agent)),
    );
    this.#tell('AgentAdded', 'Agent added', agent, call);
  }

  #tell(kind: ServiceEventKind, description: string, agent: Agent, call: Caller): void {
    const metadata = {
      agent: textOf(agent.agent),
      name: decodeUtf8(agent.name),
      agent_types: namesIn(agentTypes, agent.agentTypes),
      permissions: namesIn(agentPermissions, agent.permissions),
      scope: agent.scope,
      ...(agent.expiresAt === undefined ? {} : { expires_at: `${agent.expiresAt}` }),
    };
    this.#log.record({ kind, description, metadata }, call.principal, call.now);
  }
}

function madeIn({ now, principal }: Caller) {
  return { since: now, addedBy: principal };
}

function changed(before: Omit<AgentTerms, 'since'>, args: AgentRights): Omit<AgentTerms, 'since'> {
  const expiresAt = args.expires_at ?? before.expiresAt;
  return {
    agentTypes: maskOfSome('agent_types', agentTypes, args.agent_types) ?? before.agentTypes,
    permissions: maskOfSome('permissions', agentPermissions, args.permissions) ?? before.permissions,
    scope: args.scope ?? before.scope,
    expiresAt: expiresAt === NO_EXPIRY ? undefined : expiresAt,
  };
}
