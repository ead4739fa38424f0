/** How far a clock is. */
export interface ClockReading {
  /** ns since 1970. */
  readonly time: bigint;
  /** ns by which it was moved ahead of its source, in all. */
  readonly advanced: bigint;
}

/** The time of the network, in ns since 1970. It follows a source, can be moved ahead, and never goes back. */
export class NetworkClock {
  readonly #source: () => bigint;
  #advanced = 0n;
  #offset = 0n;
  #latest = 0n;

  constructor(source: () => bigint, start: Partial<ClockReading> = {}) {
    this.#source = source;
    this.goOn(start);
  }

  /** Goes on from where another clock was: no earlier than its time, and no less ahead of the source. */
  goOn({ time = 0n, advanced = 0n }: Partial<ClockReading>): void {
    if (time > this.#latest) this.#latest = time;
    const behind = this.#latest - this.#source();
    this.#advanced = advanced;
    this.#offset = behind > advanced ? behind : advanced;
  }

  get advanced(): bigint {
    return this.#advanced;
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
    this.#advanced += ns;
  }
}

const NS_PER_MS = 1_000_000n;

/** The machine's clock. */
export function wallClock(): bigint {
  return BigInt(Date.now()) * NS_PER_MS;
}
