import { query, update } from 'azle';
import { nat32, opt, record, text } from '../../codec/index.ts';
import { ofRequest, ofUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import {
  activityType,
  agentActivity,
  agentType,
  listActivitiesArgs,
  seedActivity,
} from '../interface-types.ts';
import { emptyReply, pageResult, textResult, vecOfRecords } from '../replies.ts';
import { activities, likeness } from '../services.ts';

const logAgentActivity = endpoint({
  name: 'log_agent_activity',
  access: ofUser('write'),
  args: {
    user_id: text,
    agent_type: agentType,
    activity_type: activityType,
    description: text,
    metadata: opt(text),
  },
  reply: emptyReply(),
  run: (args, call) => activities.log(args, call),
});

const logActivity = endpoint({
  name: 'log_activity',
  access: ofRequest('write'),
  args: {
    request: record({
      user_id: text,
      agent_type: agentType,
      activity_type: activityType,
      description: text,
      metadata: opt(text),
      request_id: opt(text),
    }),
  },
  reply: textResult(),
  run: (args, call) => activities.log(args.request, call),
  once: ({ request }) => likeness.activity(request),
});

const getUserAgentActivities = endpoint({
  name: 'get_user_agent_activities',
  access: ofUser('read'),
  args: { user_id: text, limit: opt(nat32) },
  reply: vecOfRecords(seedActivity),
  run: (args, call, rights) => activities.listByUser(args.user_id, args.limit, rights, call.work),
});

const listActivities = endpoint({
  name: 'list_activities',
  access: ofRequest('read'),
  args: { request: listActivitiesArgs },
  reply: pageResult(agentActivity),
  run: (args, call, rights) => activities.page(args.request, rights, call.work),
});

export class ActivityMethods {
  @update(...logAgentActivity.signature)
  log_agent_activity(): void {
    logAgentActivity.serve();
  }

  @update(...logActivity.signature)
  log_activity(): void {
    logActivity.serve();
  }

  @query(...getUserAgentActivities.signature)
  get_user_agent_activities(): void {
    getUserAgentActivities.serve();
  }

  @query(...listActivities.signature)
  list_activities(): void {
    listActivities.serve();
  }
}
