import { sameBytes } from '../../codec/index.ts';
import type { ByteMap } from '../byte-map.ts';
import { grantKey, sequenceKey } from '../keys.ts';

/**
 * What users granted to agents, or whom they blocked, found by user and agent. Beside it stands a list of the agents of each user: maps have no walk from
 * the middle. Its entries are a length and that many bytes.
 */
export class GrantStore {
  readonly #grants: ByteMap;
  readonly #grantees: ByteMap;

  constructor(grants: ByteMap, grantees: ByteMap) {
    this.#grants = grants;
    this.#grantees = grantees;
  }

  /** A grant in its stored form. */
  get(user: number, agent: Uint8Array): Uint8Array | undefined {
    return this.#grants.get(grantKey(user, agent));
  }

  /** Writes a grant in the place of the one before, or beside the others. */
  put(user: number, agent: Uint8Array, grant: Uint8Array): void {
    const key = grantKey(user, agent);
    if (!this.#grants.has(key)) this.#saveAgents(user, [...this.#agentsOf(user), agent]);
    this.#grants.set(key, grant);
  }

  delete(user: number, agent: Uint8Array): void {
    this.#grants.delete(grantKey(user, agent));
    this.#saveAgents(
      user,
      this.#agentsOf(user).filter((other) => !sameBytes(other, agent)),
    );
  }

  deleteAll(user: number): void {
    for (const agent of this.#agentsOf(user)) this.#grants.delete(grantKey(user, agent));
    this.#saveAgents(user, []);
  }

  /** All of a user's grants, in the order in which they were first given. */
  ofUser(user: number): Uint8Array[] {
    return this.#agentsOf(user).flatMap((agent) => this.get(user, agent) ?? []);
  }

  /** Whether nobody has any. */
  isEmpty(): boolean {
    return this.#grants.size() === 0;
  }

  count(user: number): number {
    return this.#agentsOf(user).length;
  }

  #agentsOf(user: number): Uint8Array[] {
    const bytes = this.#grantees.get(sequenceKey(user)) ?? new Uint8Array(0);
    const agents: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const start = at + 1;
      at = start + (bytes[at] ?? 0);
      agents.push(bytes.slice(start, at));
    }
    return agents;
  }

  #saveAgents(user: number, agents: readonly Uint8Array[]): void {
    const bytes = agents.flatMap((agent) => [agent.length, ...agent]);
    if (bytes.length === 0) this.#grantees.delete(sequenceKey(user));
    else this.#grantees.set(sequenceKey(user), Uint8Array.from(bytes));
  }
}
