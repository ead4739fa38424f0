import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACTIVITY_TYPES, AGENT_TYPES } from '../../candid/audit-codes.ts';
import { ACTIVITY_ID, type EventFilter } from '../events/event-pages.ts';
import { eventStream } from '../events/event-stream.ts';
import { Feeds } from '../events/feeds.ts';
import type { JsonSchema } from '../json/json-form.ts';
import { accountOf } from './authentication.ts';
import { problemAnswer } from './problem-answer.ts';

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
    description: 'Names of activity types with commas between them.',
  },
};

/** Serves activities as they come, as Server-Sent Events: those of one user, or of all. */
export function registerEvents(app: FastifyInstance): void {
  const feeds = new Feeds();
  app.addHook('preClose', () => feeds.close());
  const stream = (request: FastifyRequest<EventRoute>, reply: FastifyReply) => answer(feeds, request, reply);
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

async function answer(
  feeds: Feeds,
  request: FastifyRequest<EventRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { caller, isValid } = accountOf(request);
  const { feed, leave } = await feeds.join(caller, filterOf(request));
  const after = request.headers[LAST_EVENT_ID];
  const stream = Readable.from(eventStream({ feed, after, mayRead: isValid }));
  stream.once('close', leave);
  return reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(stream);
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
          description: 'Goes on after the activity with this id; begins with the next one unless told.',
        },
      },
    },
    response: {
      200: {
        description: 'Events: position, activity, problem.',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      default: problemAnswer(),
    },
  };
}

function objectOf(properties: JsonSchema): JsonSchema {
  return { type: 'object', properties, additionalProperties: false };
}
