/** The time of the network, in ns since 1970. It follows a source, can be moved ahead, and never goes back. */
export class NetworkClock {
  readonly #source: () => bigint;
  #offset: bigint;
  #latest: bigint;

  /** `start` is the earliest time that it shows. */
  constructor(source: () => bigint, start = 0n) {
    this.#source = source;
    this.#latest = start;
    const behind = start - source();
    this.#offset = behind > 0n ? behind : 0n;
  }

  now(): bigint {
    const time = this.#source() + this.#offset;
    if (time > this.#latest) this.#latest = time;
    return this.#latest;
  }

  /** Moves ahead by so many ns. Throws a RangeError for less than none. */
  advance(ns: bigint): void {
    if (ns < 0n) throw new RangeError('time does not go back');
    this.#offset += ns;
  }
}

const NS_PER_MS = 1_000_000n;

/** The machine's clock. */
export function wallClock(): bigint {
  return BigInt(Date.now()) * NS_PER_MS;
}
