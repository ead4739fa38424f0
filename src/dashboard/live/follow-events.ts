import type { Event, EventPage } from '../../client/index.ts';
import { intervalsAfter } from '../../client/reading/backoff.ts';

/** What a feed reads, and how it waits. */
export interface FeedOptions {
  /** Reads the events after a place; without one, where new events begin. */
  readonly read: (after: bigint | undefined) => Promise<EventPage>;
  /** Gets new events, oldest first. */
  readonly onEvents: (events: readonly Event[]) => void;
  /** Resolves after so many intervals, or before, when there is a reason to ask at once. */
  readonly wait: (intervals: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** For so many answers the place may be one that the log does not have, since machines of the network may be behind each other. */
const MOST_AHEAD = 3;

/** Follows the service's events from now on until the signal ends it. Nothing is lost while the network does not answer: the feed goes on from where it was. */
export async function followEvents({ read, onEvents, wait, signal }: FeedOptions): Promise<void> {
  let after: bigint | undefined;
  let failures = 0;
  let ahead = 0;
  while (!signal.aborted) {
    try {
      const page = await read(after);
      if (isAborted(signal)) return;
      if (page.events.length > 0) onEvents(page.events);
      // The log was put back to an earlier state, where no machine that answers is as far for so long.
      ahead = page.next > page.end ? ahead + 1 : 0;
      after = ahead > MOST_AHEAD ? page.end : page.next;
      failures = 0;
      if (page.more) continue;
    } catch {
      // Offline, or a right that was taken away and may come back.
      failures++;
    }
    await wait(intervalsAfter(failures));
  }
}

/** Whether it was aborted meanwhile, which TypeScript thinks it knows from before. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
