import { query } from 'azle';
import { nat64, principal, record, strictOpt, text } from '../../codec/index.ts';
import { adminsOnly, ofRequest } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { agentType, analyticsInterval } from '../interface-types.ts';
import { analytics } from '../services.ts';
import { analyticsResult, serviceAnalyticsResult } from './analytics-replies.ts';

/** An option that is not known refuses the call: left out, it would mean something else. */
const part = {
  agent_type: strictOpt(agentType),
  agent: strictOpt(principal),
  from: strictOpt(nat64),
  until: strictOpt(nat64),
  interval: strictOpt(analyticsInterval),
};

const getUserAnalytics = endpoint({
  name: 'get_user_analytics',
  access: ofRequest('read'),
  args: { request: record({ user_id: text, ...part }) },
  reply: analyticsResult(),
  run: (args, call, rights) => analytics.ofUser(args.request, rights, call),
});

const getServiceAnalytics = endpoint({
  name: 'get_service_analytics',
  access: adminsOnly,
  args: { request: record(part) },
  reply: serviceAnalyticsResult(),
  run: (args, call) => analytics.ofService(args.request, call),
});

export class AnalyticsMethods {
  @query(...getUserAnalytics.signature)
  get_user_analytics(): void {
    getUserAnalytics.serve();
  }

  @query(...getServiceAnalytics.signature)
  get_service_analytics(): void {
    getServiceAnalytics.serve();
  }
}
