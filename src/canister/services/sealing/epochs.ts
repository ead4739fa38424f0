import { agentPermissions, bitOf, type Mask } from '../../models/access/rights.ts';
import { isExpired, type Terms } from '../../models/access/terms.ts';
import { type AgentTerms, decodeAgentTerms } from '../../models/agents/agent.ts';
import { decodeGrantTerms, granteeOf } from '../../models/agents/grant.ts';
import { type ByType, UNMOVED } from '../../models/sealing/epochs.ts';
import { type Recipient, withoutShared } from '../../models/sealing/recipient.ts';
import type { Store } from '../../storage/store.ts';

/** An account whose secrets are sealed; without a number, of a user of whom nothing is stored yet. */
export interface SealedPlace {
  readonly user: number | undefined;
  readonly typeCode: number;
  readonly isPrivate: boolean;
}

/** Agents for every user whose right to tokens ends by itself. */
interface Ending extends Terms {
  readonly expiresAt: bigint;
}

const CREDENTIALS = bitOf(agentPermissions.codeOf('credentials'));

/**
 * The epochs of recipients. An epoch is a sum of what only grows: how often a right was taken, which is stored, and how many rights have ended by their time,
 * which follows from the time. So it moves on at the very moment, without a walk over whoever is concerned. What would make a sum smaller (a grant goes, an
 * agent's time is extended) is made up for in what is stored. No user_id has an epoch twice: users begin behind all that was erased.
 */
export class Epochs {
  readonly #store: Store;
  /** Kept in memory, since there are up to a thousand agents. */
  #endings: readonly Ending[] | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** For whom a secret is sealed now, in the order of their kinds. */
  recipients({ user, typeCode, isPrivate }: SealedPlace, now: bigint): Recipient[] {
    const own = this.#ofUser(user, typeCode, now);
    const recipients: Recipient[] = [
      { kind: 'owner', epoch: own.owner },
      { kind: 'user', epoch: own.agents },
      { kind: 'agent_type', epoch: this.#ofAgentType(typeCode, now) },
    ];
    return isPrivate ? withoutShared(recipients) : recipients;
  }

  /** The user's own epoch. */
  owner(user: number): number {
    const { base, owner } = this.#store.sealing.ofUser(user);
    return base + owner;
  }

  /** The first step of a user, of whom nothing is stored. */
  begin(user: number): void {
    const { floor } = this.#store.sealing.service;
    if (floor > 0) this.#store.sealing.saveUser(user, { base: floor, owner: 0, types: UNMOVED });
  }

  /** The last step of a user who is erased, while their grants are still there: whoever has the user_id next begins behind. */
  retire(user: number, now: bigint): void {
    const { base, owner } = this.#store.sealing.ofUser(user);
    const last = Math.max(base + owner, ...this.#ofGrants(user, now));
    const { service } = this.#store.sealing;
    this.#store.sealing.saveService({ ...service, floor: Math.max(service.floor, last + 1) });
    this.#store.sealing.removeUser(user);
  }

  /** The user_id was taken from its owner. */
  moveOwner(user: number): void {
    const moves = this.#store.sealing.ofUser(user);
    this.#store.sealing.saveUser(user, { ...moves, owner: moves.owner + 1 });
  }

  /**
   * Changes what a user granted to an agent, from one set of terms to another; undefined is none. Where it is granted no less than before, nothing ended.
   */
  changeGrant(
    user: number,
    agent: Uint8Array,
    { before, after }: { readonly before: Terms | undefined; readonly after: Terms | undefined },
    now: bigint,
  ): void {
    const lost = tokensInForce(before, now) & ~tokensInForce(after, now);
    const added = this.#addedBy(before, agent, now);
    const kept = this.#addedBy(after, agent, now);
    this.#move(
      user,
      added.map((count, code) => count - (kept[code] ?? 0) + Number(has(lost, code))),
    );
  }

  /** A user stopped an agent. What it may have of tokens for other users, it may still have. */
  block(user: number, agent: Uint8Array, now: bigint): void {
    const stored = this.#store.grants.get(user, agent);
    const lost = tokensInForce(stored && decodeGrantTerms(stored), now);
    this.#move(
      user,
      UNMOVED.map((_, code) => Number(has(lost, code))),
    );
  }

  /** Changes an agent, from one set of terms to another; undefined is none. */
  changeAgent(
    agent: Uint8Array,
    { before, after }: { readonly before: AgentTerms | undefined; readonly after: AgentTerms | undefined },
    now: bigint,
    change: () => void,
  ): void {
    const earlier = UNMOVED.map((_, code) => this.#expired(code, now));
    change();
    this.#endings = undefined;
    if (before === undefined) return;
    const wasOver = isExpired(before, now);
    const isOver = after !== undefined && isExpired(after, now);
    const lost = lostBy(before, after);
    const taken = UNMOVED.map((_, code) => Number(!wasOver && has(lost, code)));
    const losses = taken.map((moves) => moves + Number(wasOver) - Number(isOver));
    if (losses.some((moves) => moves !== 0)) {
      this.#store.sealing.saveLosses(agent, sum(this.#store.sealing.lossesOf(agent), losses));
    }
    const made = earlier.map((count, code) => {
      const took = before.scope === 'every_user' ? (taken[code] ?? 0) : 0;
      return count - this.#expired(code, now) + took;
    });
    if (made.every((moves) => moves === 0)) return;
    const { service } = this.#store.sealing;
    this.#store.sealing.saveService({ ...service, types: sum(service.types, made) });
  }

  #ofUser(
    user: number | undefined,
    typeCode: number,
    now: bigint,
  ): { readonly owner: number; readonly agents: number } {
    if (user === undefined) {
      const { floor } = this.#store.sealing.service;
      return { owner: floor, agents: floor };
    }
    const { base, owner } = this.#store.sealing.ofUser(user);
    return { owner: base + owner, agents: this.#ofGrants(user, now)[typeCode] ?? base };
  }

  /** The epochs of the agents for granted users, by agent type. */
  #ofGrants(user: number, now: bigint): number[] {
    const { base, types } = this.#store.sealing.ofUser(user);
    const epochs = types.map((moves) => base + moves);
    for (const grant of this.#store.grants.ofUser(user)) {
      const added = this.#addedBy(decodeGrantTerms(grant), granteeOf(grant), now);
      for (const [code, count] of added.entries()) epochs[code] = (epochs[code] ?? 0) + count;
    }
    return epochs;
  }

  /** What a grant adds to the epochs of its user, by agent type: what its agent has lost, and what has ended by its time. */
  #addedBy(terms: Terms | undefined, agent: Uint8Array, now: bigint): ByType {
    const tokens = terms === undefined ? 0 : tokensOf(terms);
    if (terms === undefined || tokens === 0) return UNMOVED;
    const stored = this.#store.agents.get(agent);
    const isAgentOver = stored !== undefined && isExpired(decodeAgentTerms(stored), now);
    const ended = Number(isExpired(terms, now)) + Number(isAgentOver);
    const losses = this.#store.sealing.lossesOf(agent);
    return losses.map((count, code) => (has(tokens, code) ? count + ended : 0));
  }

  #move(user: number, moves: ByType): void {
    if (moves.every((count) => count === 0)) return;
    const stored = this.#store.sealing.ofUser(user);
    this.#store.sealing.saveUser(user, { ...stored, types: sum(stored.types, moves) });
  }

  #ofAgentType(typeCode: number, now: bigint): number {
    return (this.#store.sealing.service.types[typeCode] ?? 0) + this.#expired(typeCode, now);
  }

  /** How many agents for every user had a right to the tokens of an agent type until their time was over. */
  #expired(typeCode: number, now: bigint): number {
    this.#endings ??= this.#store.agents.values().flatMap((stored) => {
      const terms = decodeAgentTerms(stored);
      const { expiresAt } = terms;
      if (expiresAt === undefined || terms.scope !== 'every_user') return [];
      const { agentTypes, permissions, since } = terms;
      return [{ agentTypes, permissions, since, expiresAt }];
    });
    return this.#endings.filter((terms) => isExpired(terms, now) && has(tokensOf(terms), typeCode)).length;
  }
}

/** The agent types whose tokens the terms give a right to. */
function tokensOf({ permissions, agentTypes }: Terms): Mask {
  return (permissions & CREDENTIALS) === 0 ? 0 : agentTypes;
}

/** The same of terms whose time is not over: what has ended moved the epoch on then. */
function tokensInForce(terms: Terms | undefined, now: bigint): Mask {
  return terms === undefined || isExpired(terms, now) ? 0 : tokensOf(terms);
}

/** Whose tokens an agent may not have any more, as one of the kind of recipients that it was. */
function lostBy(before: AgentTerms, after: AgentTerms | undefined): Mask {
  const isSameKind = after?.scope === before.scope;
  return tokensOf(before) & ~(isSameKind ? tokensOf(after) : 0);
}

function has(mask: Mask, code: number): boolean {
  return (mask & bitOf(code)) !== 0;
}

function sum(left: ByType, right: ByType): number[] {
  return left.map((moves, code) => moves + (right[code] ?? 0));
}
