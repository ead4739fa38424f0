import { query } from 'azle';
import { nat32, nat64, opt, record, strictOpt, type Text, text, vec } from '../../codec/index.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { ofFilteredUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { activityType, agentType } from '../interface-types.ts';
import { eventPageResult } from '../replies.ts';
import { blocks, events } from '../services.ts';

/** An option that is not known refuses the call: left out, every activity would pass. */
const filter = record({
  user_id: strictOpt(text),
  agent_type: strictOpt(agentType),
  activity_types: strictOpt(vec(activityType)),
});

/** Of a user who is named the access rule has decided. */
function hiddenFrom(
  userId: Text | undefined,
  { principal }: Caller,
): ((user: number) => boolean) | undefined {
  return userId === undefined ? blocks.blockersOf(principal) : undefined;
}

const getEvents = endpoint({
  name: 'get_events',
  access: ofFilteredUser,
  args: { request: record({ after: opt(nat64), limit: opt(nat32), filter: strictOpt(filter) }) },
  reply: eventPageResult(),
  run: (args, call, rights) =>
    events.page(args.request, rights, call.work, hiddenFrom(args.request.filter?.user_id, call)),
});

export class EventMethods {
  @query(...getEvents.signature)
  get_events(): void {
    getEvents.serve();
  }
}
