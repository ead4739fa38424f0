/** Numbers that look random and follow from a seed alone. */
export class SeededRandom {
  #state: number;

  /** The same seed gives the same numbers; it counts modulo 2^32. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. The algorithm is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Whether something happens that has this probability. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items. Throws a RangeError where there is none. */
  pick<T>(items: readonly T[]): T {
    const [item] = items.slice(Math.floor(this.next() * items.length));
    if (item === undefined) throw new RangeError('there is nothing to pick from');
    return item;
  }

  /** A source of its own, so that what is drawn there changes nothing here. */
  fork(): SeededRandom {
    return new SeededRandom(Math.floor(this.next() * 2 ** 32));
  }
}
