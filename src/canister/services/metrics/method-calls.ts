import type { AgentError } from '../../models/agent-error.ts';

/** How a call ended: `Malformed` where its arguments are not what the interface says. */
export type CallOutcome = 'Ok' | 'Malformed' | AgentError['kind'];

/** Upper bounds of the histogram's buckets, in instructions. */
export const INSTRUCTION_BOUNDS = [1e6, 2e6, 5e6, 1e7, 1e8, 1e9] as const;

/**
 * How often a method was called since the canister's code was loaded, with what outcome, and what it took. It lives on the heap: an upgrade
 * begins anew, queries and calls that trap leave nothing.
 */
export class MethodCalls {
  readonly #outcomes = new Map<CallOutcome, number>();
  /** The last one is of what is over every bound. */
  readonly #buckets: number[] = new Array<number>(INSTRUCTION_BOUNDS.length + 1).fill(0);
  #instructions = 0;

  count(outcome: CallOutcome, instructions: number): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    // Every call counts: a callback for each bound would cost as much as all the rest.
    let bucket = 0;
    while (instructions > (INSTRUCTION_BOUNDS[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#instructions += instructions;
  }

  get outcomes(): Iterable<readonly [CallOutcome, number]> {
    return this.#outcomes;
  }

  /** How many calls took at most each bound's instructions, and last how many there were. */
  get cumulative(): readonly number[] {
    let total = 0;
    return this.#buckets.map((count) => {
      total += count;
      return total;
    });
  }

  /** The sum over all calls. */
  get instructions(): number {
    return this.#instructions;
  }
}
