import { problem } from '../http/problem.ts';
import { problemOf } from '../http/problem-of.ts';
import type { EventFeed } from './event-feed.ts';
import { idAt, placeOf } from './event-pages.ts';

/** A comment is sent when nothing else was for this long: connections that say nothing are cut on the way. */
const HEARTBEAT_MS = 15_000;

/** An event stream: where it begins, and whether its reader may still have it. */
export interface StreamOptions {
  readonly feed: EventFeed;
  /** The id after which it goes on; what comes from now on unless told. */
  readonly after: string | undefined;
  readonly mayRead: () => boolean;
}

/**
 * The text of an event stream (HTML standard, "Server-sent events"). It begins with a `position`, so that a reader has an id to go on
 * from before anything happened, and ends after a `problem` where the service or the gateway lets the reader read no more.
 */
export async function* eventStream({ feed, after, mayRead }: StreamOptions): AsyncGenerator<string> {
  const start = after ?? idAt(feed.place);
  yield event('position', { last_event_id: start }, start);
  let spoken = performance.now();
  try {
    for await (const activity of feed.after(placeOf(start))) {
      if (!mayRead()) {
        yield event('problem', problem('Unauthenticated', 'the API key was revoked'));
        return;
      }
      const quiet = performance.now() - spoken >= HEARTBEAT_MS;
      if (activity === undefined && !quiet) continue;
      yield activity === undefined ? ':\n\n' : event('activity', activity, activity.id);
      spoken = performance.now();
    }
  } catch (error) {
    yield event('problem', problemOf(error, { isUpdate: false }));
  }
}

function event(name: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
