import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimitedError } from '../../client/errors.ts';

const NS_PER_MS = 1_000_000n;

/** How long a command waits. */
export interface Patience {
  /** Ends a wait, which then rejects. */
  readonly signal: AbortSignal;
  /** Told of each wait, in ms. */
  readonly onWait: (ms: number) => void;
}

/** What the work resolves with, which is done again after the time that the service asks for as long as there are too many calls. */
export async function patiently<T>(work: () => Promise<T>, { signal, onWait }: Patience): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      const ms = Number(error.retryAfterNs / NS_PER_MS) + 1;
      onWait(ms);
      await sleep(ms, undefined, { signal });
    }
  }
}
