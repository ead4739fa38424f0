import { InvalidArgumentError } from '../errors.ts';
import type { Event, EventPage } from '../values/service-types.ts';

/** How often, and how many ms apart, a place behind the log's end is asked for again: machines of the network may be behind each other for a moment. */
const AHEAD_TRIES = 3;
const AHEAD_WAIT_MS = 1000;

/** The events of all pages after a place. Throws InvalidArgumentError where the log does not have the place. */
export async function* eachEvent(
  read: (after: bigint) => Promise<EventPage>,
  place: bigint,
): AsyncGenerator<Event> {
  for (let after = place, more = true; more; ) {
    const page = await reached(read, after);
    yield* page.events;
    ({ next: after, more } = page);
  }
}

async function reached(read: (after: bigint) => Promise<EventPage>, after: bigint): Promise<EventPage> {
  for (let left = AHEAD_TRIES; ; left--) {
    const page = await read(after);
    if (after <= page.end) return page;
    if (left === 0) {
      const told = `${after} is a place that the log does not have, which ends at ${page.end}; begin again with 0`;
      throw new InvalidArgumentError('after', told);
    }
    await new Promise((resolve) => setTimeout(resolve, AHEAD_WAIT_MS));
  }
}
