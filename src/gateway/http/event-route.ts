import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { ACTIVITY_ID } from '../events/activities.ts';
import { eventStream } from '../events/event-stream.ts';
import { Feeds } from '../events/feeds.ts';
import { accountOf } from './authentication.ts';
import { problemAnswer } from './problem-answer.ts';

const LAST_EVENT_ID = 'last-event-id';

/** Serves a user's activities as they come, as Server-Sent Events. */
export function registerEvents(app: FastifyInstance): void {
  const feeds = new Feeds();
  app.addHook('preClose', () => feeds.close());
  app.get<{ Params: { user_id: string }; Headers: { [LAST_EVENT_ID]?: string } }>(
    '/v1/users/:user_id/events',
    {
      schema: {
        operationId: 'stream_activities',
        summary: "Follow a user's activities as they come",
        tags: ['users'],
        params: {
          type: 'object',
          properties: { user_id: { type: 'string' } },
          required: ['user_id'],
        },
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
      },
    },
    async (request, reply) => {
      const { caller, isValid } = accountOf(request);
      const { feed, leave } = await feeds.join(caller, request.params.user_id);
      const after = request.headers[LAST_EVENT_ID];
      const stream = Readable.from(eventStream({ feed, after, mayRead: isValid }));
      stream.once('close', leave);
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(stream);
    },
  );
}
