import type { Caller } from '../callers/caller.ts';
import { serviceMethod } from '../methods/service-method.ts';

/** An activity in JSON. Ids grow in the order in which activities are written. */
export interface Activity {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A page of activities, oldest first, and the place in the log that it goes up to. */
export interface EventPage {
  readonly events: readonly { readonly index: bigint; readonly activity: Activity }[];
  readonly next: bigint;
  /** Whether there may be more already. */
  readonly more: boolean;
}

/** What is left out lets every activity pass that the caller may see. */
export interface EventFilter {
  readonly user_id?: string | undefined;
  readonly agent_type?: string | undefined;
  readonly activity_types?: readonly string[] | undefined;
}

/** Reads the page after a place in the log; without one, it has no events and says where new ones begin. */
export type ReadPage = (after?: bigint) => Promise<EventPage>;

/** Reads the page after a place in the log. */
export type ReadPastPage = (after: bigint) => Promise<EventPage>;

/** The form of an activity's id: the kind, the shard, and the place in the log. */
export const ACTIVITY_ID = /^act-0000[0-9a-f]{12}$/;

const GET_EVENTS = serviceMethod('get_events');

/** The id of the activity at a place in the log. */
export function idAt(index: bigint): string {
  return `act-0000${index.toString(16).padStart(12, '0')}`;
}

/** The place in the log of an activity by its id, which has to have the form of one. */
export function placeOf(id: string): bigint {
  return BigInt(`0x${id.slice('act-0000'.length)}`);
}

/** The pages of what passes a filter and the caller may see. */
export function pagesOf(caller: Caller, filter: EventFilter): ReadPage {
  return async (after) => {
    const values = { after: after?.toString(), filter };
    // What the method answers has the form that its type gives it.
    const page = (await caller.call(GET_EVENTS, values)) as {
      readonly events: readonly { readonly index: string; readonly activity: Activity }[];
      readonly next: string;
      readonly more: boolean;
    };
    const events = page.events.map(({ index, activity }) => ({ index: BigInt(index), activity }));
    return { events, next: BigInt(page.next), more: page.more };
  };
}

/** The pages after a place, up to the newest activity. */
export async function* pagesAfter(read: ReadPastPage, place: bigint): AsyncGenerator<EventPage> {
  for (let after = place, more = true; more; ) {
    const page = await read(after);
    yield page;
    ({ next: after, more } = page);
  }
}
