import { sameBytes } from '../../codec/index.ts';
import {
  ALL_TYPES,
  agentPermissions,
  bitOf,
  holdsEveryType,
  type Mask,
  NO_RIGHTS,
  OWNERS_RIGHTS,
  type Rights,
} from '../../models/access/rights.ts';
import { isExpired, type Terms } from '../../models/access/terms.ts';
import { Refusal } from '../../models/agent-error.ts';
import type { AgentTerms } from '../../models/agents/agent.ts';
import type { RecipientKind } from '../../models/sealing/recipient.ts';
import type { Caller } from './caller.ts';
import { DEMANDS, type Demand, type Need } from './demands.ts';
import { isAnonymous, isTextOf } from './principals.ts';

/** Whom the service knows. */
export interface Directory {
  readonly agent: (principal: Uint8Array) => AgentTerms | undefined;
  readonly isAdmin: (principal: Uint8Array) => boolean;
  /** What the user with this number granted to the agent. */
  readonly grant: (user: number, agent: Uint8Array) => Terms | undefined;
  /** Whether the user has blocked the agent, which wins over all that it may do. */
  readonly isBlocked: (subject: Subject, agent: Uint8Array) => boolean;
  /** The principal that the user with this number is linked to. */
  readonly owner: (user: number) => Uint8Array | undefined;
  /** Whether the principal owns a user_id of whom something is stored. */
  readonly ownsUser: (principal: Uint8Array) => boolean;
}

/** Whose records a call is about, and of which agent type: looked up only as far as the decision needs it. */
export interface Subject {
  readonly userId: () => Uint8Array;
  /** The user's number; undefined where nothing was ever stored for them. */
  readonly user: () => number | undefined;
  /** Undefined where it is about every agent type. */
  readonly typeCode: number | undefined;
}

/** Says what the caller may do with the records of a subject, or throws a Refusal. */
export type Decide = (subject: Subject) => Rights;

/** As `Decide`, for the record with an id; undefined is an id that no record has. Answers undefined where the record is to be as one that is not there. */
export type DecideRecord = (subject: Subject | undefined) => Rights | undefined;

/** Who may do what: agents by their terms and grants, users with what is about them, admins and controllers with the service. */
export class Access {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** For what is about the caller alone. */
  requireIdentity(caller: Caller): void {
    refuseAnonymous(caller);
  }

  /** Refuses everybody but admins and the canister's controllers. */
  requireAdmin(caller: Caller): void {
    refuseAnonymous(caller);
    if (!this.#isAdmin(caller)) {
      throw unauthorized('only the admins of this service and its controllers may do this');
    }
  }

  /** For what spans users: refuses everybody but agents that write for every user and agent type, and admins. */
  requireEveryUser(caller: Caller): void {
    refuseAnonymous(caller);
    if (holdsEveryType(this.#rightsForEveryUser(caller).write) || this.#isAdmin(caller)) return;
    throw unauthorized('only admins, and agents that may write for every user and agent type, may do this');
  }

  /** What the caller may see of every user: what their terms say for agents, all for admins. Refuses everybody else. */
  rightsToReadEveryUser(caller: Caller): Rights {
    refuseAnonymous(caller);
    const rights = this.#rightsForEveryUser(caller);
    if (this.#isAdmin(caller)) return { ...rights, read: ALL_TYPES };
    if (rights.read !== 0) return rights;
    throw unauthorized(
      'only admins, and agents that may read for every user, may do this; others name a user_id',
    );
  }

  /** For saying who a user is, which hands over all that is held about them: refuses everybody but agents that have all of it. */
  requireEveryRight(caller: Caller): void {
    refuseAnonymous(caller);
    const { read, write, secrets } = this.#rightsForEveryUser(caller);
    if (holdsEveryType(read & write & secrets)) return;
    throw unauthorized('only agents with every permission for every user and agent type may do this');
  }

  /** Refuses an agent that the user has blocked, for what names a user and is allowed by rights over all of them. */
  requireUnblocked(caller: Caller, subject: Subject): void {
    if (this.#directory.isBlocked(subject, caller.principal)) {
      throw unauthorized('the user has blocked the agent; only the user can undo that');
    }
  }

  /** Refuses, before the arguments are read, whom no arguments would help; what the caller may do is decided by the subject. */
  enter(caller: Caller, need: Need): Decide {
    const { demand, registered, agent } = this.#enter(caller, need);
    return (subject) => {
      const rights = this.#decide(caller, agent, demand, subject);
      if (rights === undefined) throw refusal(need, registered, agent);
      return rights;
    };
  }

  /**
   * As `enter`, for what is named by its id. Ids follow each other, so no answer may depend on whether there is a record that the caller may not read: to
   * agents and admins it is as one that is not there, and everybody else is refused whatever the id. Whoever may read the record is told why not.
   */
  enterRecord(caller: Caller, need: Need): DecideRecord {
    const { demand, registered, agent } = this.#enter(caller, need);
    return (subject) => {
      const rights = subject && this.#decide(caller, agent, demand, subject);
      if (rights !== undefined) return rights;
      const isKnown = subject && this.#decide(caller, agent, DEMANDS.read, subject) !== undefined;
      if (isKnown === true) throw refusal(need, registered, agent);
      if (agent !== undefined && mayForSome(agent, demand)) return undefined;
      if (demand.admins && this.#isAdmin(caller)) return undefined;
      throw agent === undefined ? refusal(need, registered, agent) : withoutPermission();
    };
  }

  #enter(caller: Caller, need: Need) {
    refuseAnonymous(caller);
    const demand = DEMANDS[need];
    const registered = registeredAgent(caller, this.#directory);
    const agent = unexpired(registered, caller);
    if (demand.agentsOnly && agent === undefined) throw refusal(need, registered, agent);
    return { demand, registered, agent };
  }

  /** Whether the caller is one of the recipients of a kind, of sealed secrets of the subject's agent type. */
  isRecipient(caller: Caller, kind: RecipientKind, subject: Subject): boolean {
    if (kind === 'owner') return this.#owns(caller, subject);
    const agent = agentTermsOf(caller, this.#directory);
    if (agent === undefined || (agent.scope === 'every_user') !== (kind === 'agent_type')) return false;
    const { secrets } = this.#agentRights(caller, agent, subject);
    const types = subject.typeCode === undefined ? ALL_TYPES : bitOf(subject.typeCode);
    return (secrets & types) === types;
  }

  /** Of which subjects the caller may read; refuses nobody. */
  reader(caller: Caller): { readonly ofService: () => boolean; readonly of: (subject: Subject) => boolean } {
    if (isAnonymous(caller.principal)) return { ofService: () => false, of: () => false };
    const agent = agentTermsOf(caller, this.#directory);
    return {
      ofService: () => this.#isAdmin(caller),
      of: (subject) => this.#decide(caller, agent, DEMANDS.read, subject) !== undefined,
    };
  }

  #decide(
    caller: Caller,
    agent: AgentTerms | undefined,
    demand: Demand,
    subject: Subject,
  ): Rights | undefined {
    const types = subject.typeCode === undefined ? ALL_TYPES : bitOf(subject.typeCode);
    const granted = agent === undefined ? NO_RIGHTS : this.#agentRights(caller, agent, subject);
    const suffices = demand.agentsOnly || (granted.secrets & types) === types;
    if (suffices && demand.allows(granted, types)) return granted;
    const rights = this.#owns(caller, subject) ? union(granted, OWNERS_RIGHTS) : granted;
    if (demand.allows(rights, types)) return rights;
    return demand.admins && this.#isAdmin(caller) ? { ...rights, read: ALL_TYPES } : undefined;
  }

  #rightsForEveryUser(caller: Caller): Rights {
    const agent = agentTermsOf(caller, this.#directory);
    return agent?.scope === 'every_user' ? rightsOf(agent.agentTypes, agent.permissions, true) : NO_RIGHTS;
  }

  #agentRights(caller: Caller, agent: AgentTerms, subject: Subject): Rights {
    if (this.#directory.isBlocked(subject, caller.principal)) return NO_RIGHTS;
    if (agent.scope === 'every_user') return rightsOf(agent.agentTypes, agent.permissions, true);
    const user = subject.user();
    const grant = user === undefined ? undefined : this.#directory.grant(user, caller.principal);
    // A grant to an agent that was removed does not come back with it.
    if (grant === undefined || isExpired(grant, caller.now) || grant.since < agent.since) return NO_RIGHTS;
    // What both the agent's own terms and those of the grant say.
    return rightsOf(agent.agentTypes & grant.agentTypes, agent.permissions & grant.permissions, false);
  }

  #owns({ principal }: Caller, subject: Subject): boolean {
    if (isTextOf(subject.userId(), principal)) return true;
    const user = subject.user();
    const owner = user === undefined ? undefined : this.#directory.owner(user);
    return owner !== undefined && sameBytes(owner, principal);
  }

  #isAdmin(caller: Caller): boolean {
    return this.#directory.isAdmin(caller.principal) || caller.isController();
  }
}

const READ = bitOf(agentPermissions.codeOf('read'));
const WRITE = bitOf(agentPermissions.codeOf('write'));
const CREDENTIALS = bitOf(agentPermissions.codeOf('credentials'));

function rightsOf(types: Mask, permissions: Mask, firstParty: boolean): Rights {
  return {
    read: permissions & READ ? types : 0,
    write: permissions & WRITE ? types : 0,
    secrets: permissions & CREDENTIALS ? types : 0,
    firstParty,
    owns: false,
  };
}

/** Whether an agent's own terms allow it for some agent type, whatever it is granted. */
function mayForSome({ agentTypes, permissions }: AgentTerms, { allows }: Demand): boolean {
  const one = agentTypes & -agentTypes;
  return allows(rightsOf(agentTypes, permissions, false), one);
}

function union(left: Rights, right: Rights): Rights {
  return {
    read: left.read | right.read,
    write: left.write | right.write,
    secrets: left.secrets | right.secrets,
    firstParty: left.firstParty || right.firstParty,
    owns: left.owns || right.owns,
  };
}

/** What the caller may do as an agent; undefined where they are none, or not any more. */
export function agentTermsOf(caller: Caller, directory: Directory): AgentTerms | undefined {
  return unexpired(registeredAgent(caller, directory), caller);
}

/** The caller as an agent, an expired one, too. */
function registeredAgent(caller: Caller, directory: Directory): AgentTerms | undefined {
  if (caller.terms === undefined) caller.terms = directory.agent(caller.principal) ?? null;
  return caller.terms ?? undefined;
}

/** The agent, while it has not expired. */
function unexpired(agent: AgentTerms | undefined, { now }: Caller): AgentTerms | undefined {
  return agent === undefined || isExpired(agent, now) ? undefined : agent;
}

function refuseAnonymous(caller: Caller): void {
  if (isAnonymous(caller.principal)) throw unauthorized('anonymous callers may not use this service');
}

/** Says why: `registered` is the agent, `agent` the same while it has not expired. */
function refusal(need: Need, registered: AgentTerms | undefined, agent: AgentTerms | undefined): Refusal {
  if (need === 'own' || need === 'ownOrAdmin') {
    return unauthorized(
      "only the user may do this: the caller's principal must be the user_id or linked to it",
    );
  }
  if (registered === undefined) {
    return unauthorized('the caller is not an agent of this service; an admin can add it with add_agent');
  }
  if (agent === undefined)
    return unauthorized('the agent has expired; an admin can extend its time with update_agent');
  if (agent.scope === 'every_user')
    return unauthorized('the agent does not have the permission for this agent type');
  return unauthorized('the agent has no valid grant of this user that allows this; the user can give one');
}

/** What an agent is told whose own terms allow it for no agent type. */
function withoutPermission(): Refusal {
  return unauthorized(
    'the agent does not have the permission for this; an admin can give it by update_agent',
  );
}

function unauthorized(message: string): Refusal {
  return new Refusal({ kind: 'Unauthorized', message });
}
