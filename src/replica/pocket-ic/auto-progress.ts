import { setTimeout as delay } from 'node:timers/promises';
import { wallClock } from '../subnet/network-clock.ts';
import { BadRequest } from './bad-request.ts';
import type { PocketIcInstance } from './instance.ts';

/** The least pause between two rounds, in ms: an idle instance takes next to nothing. */
const LEAST_PAUSE_MS = 5;
/** The pause after a round that could not be kept, in ms. */
const RETRY_MS = 1_000;

/** Lets an instance go on by itself: its time follows the machine's, and round follows round. */
export class AutoProgress {
  readonly #instance: PocketIcInstance;
  #stop: AbortController | undefined;

  constructor(instance: PocketIcInstance) {
    this.#instance = instance;
  }

  get isRunning(): boolean {
    return this.#stop !== undefined;
  }

  /** Begins, with a pause of so many ms between two rounds. Goes on as it is where it has begun. */
  start(pauseMs: number): void {
    if (this.#stop !== undefined) return;
    this.#stop = new AbortController();
    void this.#run(Math.max(pauseMs, LEAST_PAUSE_MS), this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #run(pauseMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A client may have moved the time beyond the machine's: it stands still then until that catches up.
      this.#instance.followTime(wallClock());
      const isKept = this.#instance.isIdle || this.#tick();
      await delay(isKept ? pauseMs : RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Whether the round could be kept, where it has to be. */
  #tick(): boolean {
    try {
      this.#instance.tick();
      return true;
    } catch (error) {
      if (error instanceof BadRequest) return false;
      throw error;
    }
  }
}
