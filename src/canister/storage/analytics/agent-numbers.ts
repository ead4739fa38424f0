import { decodeLatin1 } from '../../codec/index.ts';
import type { AnalyticsStore } from './analytics-store.ts';

/** More principals than this were never agents: those that come later are counted as nobody. */
const MOST = 0xffff;

/** Short numbers of the agents, which they keep when they are removed. They are kept in memory, as every write asks. */
export class AgentNumbers {
  readonly #store: AnalyticsStore;
  readonly #isAgent: (principal: Uint8Array) => boolean;
  #numbers: Map<string, number> | undefined;

  constructor(store: AnalyticsStore, isAgent: (principal: Uint8Array) => boolean) {
    this.#store = store;
    this.#isAgent = isAgent;
  }

  /** The number of a caller, which an agent is given the first time; 0 for who never was one. */
  of(principal: Uint8Array): number {
    const name = decodeLatin1(principal);
    const numbers = this.#load();
    const known = numbers.get(name);
    if (known !== undefined) return known;
    if (numbers.size >= MOST || !this.#isAgent(principal)) return 0;
    const before = this.#store.agents;
    const agents = new Uint8Array(before.length + 1 + principal.length);
    agents.set(before);
    agents[before.length] = principal.length;
    agents.set(principal, before.length + 1);
    this.#store.agents = agents;
    numbers.set(name, numbers.size + 1);
    return numbers.size;
  }

  /** The principals by number, the first at 1. */
  get principals(): readonly (Uint8Array | undefined)[] {
    return [undefined, ...principalsIn(this.#store.agents)];
  }

  #load(): Map<string, number> {
    this.#numbers ??= new Map(
      principalsIn(this.#store.agents).map((principal, i) => [decodeLatin1(principal), i + 1]),
    );
    return this.#numbers;
  }
}

function principalsIn(bytes: Uint8Array): Uint8Array[] {
  const principals: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at + 1;
    at = start + (bytes[at] ?? 0);
    principals.push(bytes.slice(start, at));
  }
  return principals;
}
