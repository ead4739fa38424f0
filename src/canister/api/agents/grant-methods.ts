import { query, update } from 'azle';
import { nat64, principal, record, strictOpt, text, vec } from '../../codec/index.ts';
import {
  blockConsent,
  grantConsent,
  unblockConsent,
  withdrawConsent,
} from '../../services/consent/user-consents.ts';
import { ofRequest } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { agentPermission, agentType, blockedAgent, grant } from '../interface-types.ts';
import { listResult, unitResult } from '../replies.ts';
import { blocks, grants } from '../services.ts';

const grantAgent = endpoint({
  name: 'grant_agent',
  access: ofRequest('own'),
  args: {
    request: record({
      user_id: text,
      agent: principal,
      agent_types: strictOpt(vec(agentType)),
      permissions: strictOpt(vec(agentPermission)),
      expires_at: strictOpt(nat64),
    }),
  },
  reply: unitResult(),
  consent: ({ request }) => grantConsent(request),
  run: (args, call) => grants.grant(args.request, call),
});

const withdrawAgent = endpoint({
  name: 'withdraw_agent',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, agent: principal }) },
  reply: unitResult(),
  consent: ({ request }) => withdrawConsent(request),
  run: (args, call) => grants.withdraw(args.request, call),
});

const listGrants = endpoint({
  name: 'list_grants',
  access: ofRequest('ownOrAdmin'),
  args: { request: record({ user_id: text }) },
  reply: listResult(grant),
  run: (args) => grants.list(args.request.user_id),
});

const blockAgent = endpoint({
  name: 'block_agent',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, agent: principal }) },
  reply: unitResult(),
  consent: ({ request }) => blockConsent(request),
  run: (args, call) => blocks.block(args.request, call),
});

const unblockAgent = endpoint({
  name: 'unblock_agent',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, agent: principal }) },
  reply: unitResult(),
  consent: ({ request }) => unblockConsent(request),
  run: (args, call) => blocks.unblock(args.request, call),
});

const listBlockedAgents = endpoint({
  name: 'list_blocked_agents',
  access: ofRequest('ownOrAdmin'),
  args: { request: record({ user_id: text }) },
  reply: listResult(blockedAgent),
  run: (args) => blocks.list(args.request.user_id),
});

export class GrantMethods {
  @update(...grantAgent.signature)
  grant_agent(): void {
    grantAgent.serve();
  }

  @update(...withdrawAgent.signature)
  withdraw_agent(): void {
    withdrawAgent.serve();
  }

  @update(...blockAgent.signature)
  block_agent(): void {
    blockAgent.serve();
  }

  @update(...unblockAgent.signature)
  unblock_agent(): void {
    unblockAgent.serve();
  }

  @query(...listBlockedAgents.signature)
  list_blocked_agents(): void {
    listBlockedAgents.serve();
  }

  @query(...listGrants.signature)
  list_grants(): void {
    listGrants.serve();
  }
}
