import type { ClockReading } from './round/batch.ts';

/** A source that goes back by more was set; by less, it was put right, and is waited for. */
const SET_BACK_NS = 1_000_000_000n;

/**
 * The time of the network, in ns since 1970. It follows a source, can be moved ahead, and never goes back: where the source is set back, it
 * goes on at the source's pace, since time that stands still would keep timers and what expires waiting.
 */
export class NetworkClock {
  readonly #source: () => bigint;
  #advanced = 0n;
  #offset = 0n;
  #latest = 0n;
  #latestOfSource = 0n;

  constructor(source: () => bigint, start: Partial<ClockReading> = {}) {
    this.#source = source;
    this.goOn(start);
  }

  /** Goes on from where another clock was: no earlier than its time, and no less ahead of the source. */
  goOn({ time = 0n, advanced = 0n }: Partial<ClockReading>): void {
    if (time > this.#latest) this.#latest = time;
    this.#latestOfSource = this.#source();
    const behind = this.#latest - this.#latestOfSource;
    this.#advanced = advanced;
    this.#offset = behind > advanced ? behind : advanced;
  }

  get advanced(): bigint {
    return this.#advanced;
  }

  now(): bigint {
    const source = this.#source();
    const setBack = this.#latestOfSource - source;
    if (setBack > SET_BACK_NS) this.#offset += setBack;
    if (setBack > SET_BACK_NS || setBack < 0n) this.#latestOfSource = source;
    const time = source + this.#offset;
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
