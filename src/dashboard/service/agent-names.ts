import { Principal } from '@dfinity/principal';
import type { AgentServiceClient } from '../../client/index.ts';

/** As many as the service names at a time. */
const MOST = 100;

/** Names agents by the texts of their principals, each asked for once; undefined for whoever is no agent. */
export class AgentNames {
  readonly #client: Pick<AgentServiceClient, 'getAgentNames'>;
  readonly #known = new Map<string, string | undefined>();

  constructor(client: Pick<AgentServiceClient, 'getAgentNames'>) {
    this.#client = client;
  }

  /** Asks for those of the principals that are not known yet. */
  async read(principals: readonly string[]): Promise<void> {
    const asked = [...new Set(principals)].filter((one) => !this.#known.has(one));
    for (let at = 0; at < asked.length; at += MOST) {
      const some = asked.slice(at, at + MOST);
      for (const one of some) this.#known.set(one, undefined);
      const named = await this.#client.getAgentNames(some.map((one) => Principal.fromText(one)));
      for (const { agent, name } of named) this.#known.set(agent.toText(), name);
    }
  }

  of(principal: string): string | undefined {
    return this.#known.get(principal);
  }
}
