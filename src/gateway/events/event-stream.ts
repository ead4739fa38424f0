import {
  type EventFeed,
  type Heard,
  isRestart,
  type Restart,
} from '../../json-interface/events/event-feed.ts';
import { idAt, placeOf } from '../../json-interface/events/event-pages.ts';
import { problem } from '../problems/problem.ts';
import { problemOf } from '../problems/problem-of.ts';

/** A comment is sent when nothing else was for this long: connections that say nothing are cut on the way. */
export const HEARTBEAT_MS = 15_000;

/** An event stream: where it begins, and whether its reader may still have it. */
export interface StreamOptions {
  readonly feed: EventFeed;
  /** The id after which it goes on; what comes from now on unless told. */
  readonly after: string | undefined;
  readonly mayRead: () => boolean;
  /** `HEARTBEAT_MS` unless told. */
  readonly heartbeatMs?: number;
}

/**
 * The text of an event stream (HTML standard, "Server-sent events"). It begins with a `position`, so that a reader has an id to go on
 * from before anything happened, and ends after a `problem` where the service or the gateway lets the reader read no more. Where the log does not have the
 * place that the reader asked for, a `reset` says so, and its id makes a browser begin again by itself.
 */
export async function* eventStream({
  feed,
  after,
  mayRead,
  heartbeatMs = HEARTBEAT_MS,
}: StreamOptions): AsyncGenerator<string> {
  const start = after ?? idAt(feed.place);
  yield event('position', { last_event_id: start }, start);
  let spoken = performance.now();
  try {
    for await (const heard of feed.after(placeOf(start))) {
      if (!mayRead()) {
        yield event('problem', problem('Unauthenticated', 'the API key was revoked'));
        return;
      }
      const quiet = performance.now() - spoken >= heartbeatMs;
      if (heard === undefined && !quiet) continue;
      yield textOf(heard);
      spoken = performance.now();
    }
  } catch (error) {
    yield event('problem', problemOf(error, { isUpdate: false }));
  }
}

function textOf(heard: Heard): string {
  if (heard === undefined) return ':\n\n';
  return isRestart(heard) ? reset(heard) : event('activity', heard, heard.id);
}

function reset({ restart }: Restart): string {
  const first = idAt(0n);
  const detail = `the log ends at ${idAt(restart.end)}, before ${idAt(restart.unknown)}: it is another log, or was set back. The stream restarts at the first activity.`;
  return event('reset', problem('PositionUnknown', detail, { last_event_id: first }), first);
}

function event(name: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
