import { RateLimitedError } from '../errors.ts';

const NS_PER_MS = 1_000_000n;

/** How long a run waits. */
export interface Patience {
  /** Ends a wait, which then rejects. */
  readonly signal: AbortSignal;
  /** Told of each wait, in ms. */
  readonly onWait: (ms: number) => void;
}

/** What the work resolves with, which is done again after the time that the service asks for as long as there are too many calls. Rejects with an `AbortError` where the wait is ended. */
export async function patiently<T>(work: () => Promise<T>, { signal, onWait }: Patience): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      const ms = Number(error.retryAfterNs / NS_PER_MS) + 1;
      onWait(ms);
      await pause(ms, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(new DOMException('the wait was ended', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
