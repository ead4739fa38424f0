import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACTIVITY_TYPES, AGENT_TYPES } from '../../candid/audit-codes.ts';
import { ACTIVITY_ID, type EventFilter } from '../../json-interface/events/event-pages.ts';
import type { JsonSchema } from '../../json-interface/values/json-form.ts';
import { eventStream, HEARTBEAT_MS } from '../events/event-stream.ts';
import { Feeds } from '../events/feeds.ts';
import type { KeyQuotas } from '../limits/key-quotas.ts';
import { problemAnswers } from '../problems/problem-answer.ts';
import { accountOf } from './authentication.ts';

const LAST_EVENT_ID = 'last-event-id';

/** What a request says of the events that it wants. */
interface EventRoute {
  readonly Params: { readonly user_id?: string };
  readonly Querystring: {
    readonly user_id?: string;
    readonly agent_type?: string;
    /** With commas between them. */
    readonly activity_type?: string;
  };
  readonly Headers: { readonly [LAST_EVENT_ID]?: string };
}

const USER_ID: JsonSchema = { type: 'string' };

const FILTERS: JsonSchema = {
  agent_type: { type: 'string', enum: [...AGENT_TYPES] },
  activity_type: {
    type: 'string',
    pattern: `^(${ACTIVITY_TYPES.join('|')})(,(${ACTIVITY_TYPES.join('|')}))*$`,
    description: `Names of activity types with commas between them: ${ACTIVITY_TYPES.join(', ')}.`,
  },
};

/** What event streams share. */
export interface EventSources {
  readonly quotas: KeyQuotas;
  readonly feedsEach: number;
  /** A reader that takes nothing for so long has gone, in ms. */
  readonly stallMs: number;
}

/** Serves activities as they come, as Server-Sent Events: those of one user, or of all. */
export function registerEvents(app: FastifyInstance, { quotas, feedsEach, stallMs }: EventSources): void {
  const feeds = new Feeds(feedsEach);
  app.addHook('preClose', async () => {
    feeds.close();
  });
  const stream = (request: FastifyRequest<EventRoute>, reply: FastifyReply) => {
    const release = quotas.beginStream(accountOf(request).keyId);
    whenClosed(reply, release);
    return answer(feeds, { request, reply, stallMs });
  };
  app.get<EventRoute>(
    '/v1/events',
    {
      schema: routeSchema({
        operationId: 'stream_events',
        summary: 'Follow the activities of all users, or of one, as they come',
        tags: ['events'],
        querystring: objectOf({ user_id: USER_ID, ...FILTERS }),
      }),
    },
    stream,
  );
  app.get<EventRoute>(
    '/v1/users/:user_id/events',
    {
      schema: routeSchema({
        operationId: 'stream_activities',
        summary: "Follow a user's activities as they come",
        tags: ['users'],
        params: { ...objectOf({ user_id: USER_ID }), required: ['user_id'] },
        querystring: objectOf(FILTERS),
      }),
    },
    stream,
  );
}

interface Answering {
  readonly request: FastifyRequest<EventRoute>;
  readonly reply: FastifyReply;
  readonly stallMs: number;
}

async function answer(feeds: Feeds, { request, reply, stallMs }: Answering): Promise<FastifyReply> {
  const { caller, keyId, isValid, endCall } = accountOf(request);
  const { feed, leave } = await feeds.join({ caller, keyId }, filterOf(request));
  whenClosed(reply, leave);
  endCall();
  // What is not taken piles up in the connection, whose clock goes on as long as some of it is.
  request.raw.socket.setTimeout(stallMs, () => request.raw.socket.destroy());
  const after = request.headers[LAST_EVENT_ID];
  const heartbeatMs = Math.min(HEARTBEAT_MS, stallMs / 2);
  const stream = Readable.from(eventStream({ feed, after, mayRead: isValid, heartbeatMs }));
  return (
    reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      // The connection has the clock of a stream from now on.
      .header('connection', 'close')
      .header('x-accel-buffering', 'no')
      .send(stream)
  );
}

/** The reader may have gone already. */
function whenClosed({ raw }: FastifyReply, work: () => void): void {
  if (raw.destroyed) work();
  else raw.once('close', work);
}

function filterOf({ params, query }: FastifyRequest<EventRoute>): EventFilter {
  const { user_id = query.user_id } = params;
  return { user_id, agent_type: query.agent_type, activity_types: query.activity_type?.split(',') };
}

function routeSchema(route: JsonSchema): JsonSchema {
  return {
    ...route,
    headers: {
      type: 'object',
      properties: {
        [LAST_EVENT_ID]: {
          type: 'string',
          pattern: ACTIVITY_ID.source,
          description:
            'The id of the activity after which the stream begins; without it, it begins with the next one.',
        },
      },
    },
    response: {
      200: {
        description: 'Events: position, activity, reset, problem.',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      ...problemAnswers(),
    },
  };
}

function objectOf(properties: JsonSchema): JsonSchema {
  return { type: 'object', properties, additionalProperties: false };
}
