import { query } from 'azle';
import { nat32, nat64, opt, record, strictOpt, text, vec } from '../codec/index.ts';
import { ofFilteredUser } from './access-rules.ts';
import { endpoint } from './endpoint.ts';
import { activityType, agentType } from './interface-types.ts';
import { eventPageResult } from './replies.ts';
import { events } from './services.ts';

/** An option that is not known refuses the call: left out, every activity would pass. */
const filter = record({
  user_id: strictOpt(text),
  agent_type: strictOpt(agentType),
  activity_types: strictOpt(vec(activityType)),
});

const getEvents = endpoint({
  name: 'get_events',
  access: ofFilteredUser,
  args: { request: record({ after: opt(nat64), limit: opt(nat32), filter: strictOpt(filter) }) },
  reply: eventPageResult(),
  run: (args, call, rights) => events.page(args.request, rights, call.work),
});

export class EventMethods {
  @query(...getEvents.signature)
  get_events(): void {
    getEvents.serve();
  }
}
