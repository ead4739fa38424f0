import { query, update } from 'azle';
import { bool, nat32, opt, record, text } from '../../codec/index.ts';
import { ofInteraction, ofRequest, ofUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { agentInteraction, agentType, listInteractionsArgs, seedInteraction } from '../interface-types.ts';
import { optRecord, pageResult, seedTextResult, textResult, vecOfRecords } from '../replies.ts';
import { interactions, likeness } from '../services.ts';

const storeAgentInteraction = endpoint({
  name: 'store_agent_interaction',
  access: ofUser('write'),
  args: {
    user_id: text,
    agent_type: agentType,
    message: text,
    response: text,
    success: bool,
    metadata: opt(text),
  },
  reply: seedTextResult(),
  run: (args, call) => interactions.store(args, call),
});

const getAgentInteraction = endpoint({
  name: 'get_agent_interaction',
  access: ofInteraction('read'),
  args: { interaction_id: text },
  reply: optRecord(seedInteraction),
  run: (args, _call, rights) => interactions.get(args.interaction_id, rights),
});

const getUserAgentInteractions = endpoint({
  name: 'get_user_agent_interactions',
  access: ofUser('read'),
  args: { user_id: text, limit: opt(nat32) },
  reply: vecOfRecords(seedInteraction),
  run: (args, call, rights) => interactions.list(args, rights, call.work),
});

const getAgentTypeInteractions = endpoint({
  name: 'get_agent_type_interactions',
  access: ofUser('read'),
  args: { user_id: text, agent_type: agentType, limit: opt(nat32) },
  reply: vecOfRecords(seedInteraction),
  run: (args, call, rights) => interactions.list(args, rights, call.work),
});

const storeInteraction = endpoint({
  name: 'store_interaction',
  access: ofRequest('write'),
  args: {
    request: record({
      user_id: text,
      agent_type: agentType,
      message: text,
      response: text,
      success: bool,
      metadata: opt(text),
      session_id: opt(text),
      request_id: opt(text),
    }),
  },
  reply: textResult(),
  run: (args, call) => interactions.store(args.request, call),
  once: ({ request }) => likeness.interaction(request),
});

const listInteractions = endpoint({
  name: 'list_interactions',
  access: ofRequest('read'),
  args: { request: listInteractionsArgs },
  reply: pageResult(agentInteraction),
  run: (args, call, rights) => interactions.page(args.request, rights, call.work),
});

export class InteractionMethods {
  @update(...storeAgentInteraction.signature)
  store_agent_interaction(): void {
    storeAgentInteraction.serve();
  }

  @query(...getAgentInteraction.signature)
  get_agent_interaction(): void {
    getAgentInteraction.serve();
  }

  @query(...getUserAgentInteractions.signature)
  get_user_agent_interactions(): void {
    getUserAgentInteractions.serve();
  }

  @query(...getAgentTypeInteractions.signature)
  get_agent_type_interactions(): void {
    getAgentTypeInteractions.serve();
  }

  @update(...storeInteraction.signature)
  store_interaction(): void {
    storeInteraction.serve();
  }

  @query(...listInteractions.signature)
  list_interactions(): void {
    listInteractions.serve();
  }
}
