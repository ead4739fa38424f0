import { query, update } from 'azle';
import { nat64, opt, text } from '../codec/index.ts';
import { endpoint } from './endpoint.ts';
import { agentCredentials, agentType, textPairs } from './interface-types.ts';
import { optRecord, unitResult, vecOfRecords } from './replies.ts';
import { agentsOnly, credentials } from './services.ts';

const storeAgentCredentials = endpoint({
  access: agentsOnly,
  args: {
    user_id: text,
    agent_type: agentType,
    token: text,
    token_data: opt(text),
    workspace_id: opt(text),
    project_ids: textPairs,
    selected_repo: opt(text),
    expires_at: opt(nat64),
  },
  reply: unitResult(),
  run: (args, call) => credentials.store(args, call),
});

const updateAgentCredentials = endpoint({
  access: agentsOnly,
  args: {
    user_id: text,
    agent_type: agentType,
    token: opt(text),
    token_data: opt(text),
    workspace_id: opt(text),
    project_ids: opt(textPairs),
    selected_repo: opt(text),
    expires_at: opt(nat64),
  },
  reply: unitResult(),
  run: (args, call) => credentials.update(args, call),
});

const getAgentCredentials = endpoint({
  access: agentsOnly,
  args: { user_id: text, agent_type: agentType },
  reply: optRecord(agentCredentials),
  run: (args) => credentials.get(args),
});

const getUserAgentCredentials = endpoint({
  access: agentsOnly,
  args: { user_id: text },
  reply: vecOfRecords(agentCredentials),
  run: (args) => credentials.listByUser(args.user_id),
});

export class CredentialMethods {
  @update(...storeAgentCredentials.signature)
  store_agent_credentials(): void {
    storeAgentCredentials.serve();
  }

  @update(...updateAgentCredentials.signature)
  update_agent_credentials(): void {
    updateAgentCredentials.serve();
  }

  @query(...getAgentCredentials.signature)
  get_agent_credentials(): void {
    getAgentCredentials.serve();
  }

  @query(...getUserAgentCredentials.signature)
  get_user_agent_credentials(): void {
    getUserAgentCredentials.serve();
  }
}
