import { query, update } from 'azle';
import { nat64, opt, record, text } from '../codec/index.ts';
import { revokeConsent } from '../services/user-consents.ts';
import { ofRequest, ofUser } from './access-rules.ts';
import { endpoint } from './endpoint.ts';
import { agentCredentials, agentType, textPairs } from './interface-types.ts';
import { optRecord, unitResult, vecOfRecords } from './replies.ts';
import { credentials } from './services.ts';

const storeAgentCredentials = endpoint({
  name: 'store_agent_credentials',
  access: ofUser('write'),
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
  name: 'update_agent_credentials',
  access: ofUser('write'),
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
  name: 'get_agent_credentials',
  access: ofUser('read'),
  args: { user_id: text, agent_type: agentType },
  reply: optRecord(agentCredentials),
  run: (args, _call, rights) => credentials.get(args, rights),
});

const getUserAgentCredentials = endpoint({
  name: 'get_user_agent_credentials',
  access: ofUser('read'),
  args: { user_id: text },
  reply: vecOfRecords(agentCredentials),
  run: (args, _call, rights) => credentials.listByUser(args.user_id, rights),
});

const revokeCredentials = endpoint({
  name: 'revoke_credentials',
  access: ofRequest('end'),
  args: { request: record({ user_id: text, agent_type: agentType }) },
  reply: unitResult(),
  consent: ({ request }) => revokeConsent(request),
  run: (args, call) => credentials.revoke(args.request, call),
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

  @update(...revokeCredentials.signature)
  revoke_credentials(): void {
    revokeCredentials.serve();
  }
}
