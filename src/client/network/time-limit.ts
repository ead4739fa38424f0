import { type HttpAgentOptions, polling } from '@dfinity/agent';

/** Within which a call has its answer, unless told. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** The network takes a request that expires within five minutes: of one that is older there is nothing to wait for. */
export const EXPIRY_MS = 5 * 60 * 1000;
/** A request that ends by itself at the same time says more of what happened. */
const GRACE_MS = 500;
/** Before a request is posted again; there are as many as these. */
const PAUSES_MS = [500, 750, 1125];
const FIRST_POLL_MS = 1000;
const POLL_FACTOR = 1.2;

type Pauses = ReturnType<NonNullable<HttpAgentOptions['backoffStrategy']>>;

/** A call of several requests had no answer within its time. */
class TimeIsOver extends Error {}

/** Whether an error, without what caused it, says that no answer came in time. */
export function isTimeout(error: unknown): boolean {
  return error instanceof TimeIsOver || (error instanceof DOMException && error.name === 'TimeoutError');
}

/** What the work resolves with; rejects where that takes longer than `ms`. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeIsOver()), ms + GRACE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The pauses of the agent before it posts a request again: none that ends after the request's time. */
export function pausesWithin(ms: number): Pauses {
  const end = performance.now() + ms;
  let count = 0;
  return {
    next: () => {
      const pause = PAUSES_MS[count++];
      return pause === undefined ? null : Math.max(0, Math.min(pause, end - performance.now()));
    },
  };
}

/** How the agent asks what came of a call that the network has taken on: as it does itself, but until the call's time is over. */
export function pollsWithin(ms: number): polling.PollStrategy {
  const { backoff, chain, conditionalDelay, once, timeout } = polling.strategy;
  return chain(conditionalDelay(once(), FIRST_POLL_MS), backoff(FIRST_POLL_MS, POLL_FACTOR), timeout(ms));
}
