import { query, update } from 'azle';
import { nat32, nat64, opt, record, strictOpt, text, variant } from '../../codec/index.ts';
import { revokeConsent } from '../../services/consent/user-consents.ts';
import { ofFilteredUser, ofRequest, ofUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import {
  agentType,
  credentialInfo,
  credentialLease,
  dueConnection,
  dueKind,
  seedCredentials,
  textPairs,
  tokenRefresh,
} from '../interface-types.ts';
import {
  listResult,
  optRecord,
  pageResult,
  recordResult,
  seedUnitResult,
  unitResult,
  vecOfRecords,
} from '../replies.ts';
import { blocks, credentials, due, likeness, tokens } from '../services.ts';

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
  reply: seedUnitResult(),
  run: (args, call) => credentials.store({ ...args, account: undefined }, call),
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
  reply: seedUnitResult(),
  run: (args, call) => credentials.update(args, call),
});

const getAgentCredentials = endpoint({
  name: 'get_agent_credentials',
  access: ofUser('read'),
  args: { user_id: text, agent_type: agentType },
  reply: optRecord(seedCredentials),
  run: (args, call, rights) => credentials.get(args, rights, call.now),
});

const getUserAgentCredentials = endpoint({
  name: 'get_user_agent_credentials',
  access: ofUser('read'),
  args: { user_id: text },
  reply: vecOfRecords(seedCredentials),
  run: (args, call, rights) => credentials.listByUser(args.user_id, rights, call.now),
});

/** An account that cannot be read refuses the call: left out, it would mean the default one. */
const account = { user_id: text, agent_type: agentType, account: strictOpt(text) };

const storeCredentials = endpoint({
  name: 'store_credentials',
  access: ofRequest('write'),
  args: {
    request: record({
      ...account,
      token: text,
      token_data: opt(text),
      workspace_id: opt(text),
      project_ids: opt(textPairs),
      selected_repo: opt(text),
      expires_at: opt(nat64),
      request_id: opt(text),
    }),
  },
  reply: unitResult(),
  once: ({ request }) => likeness.credentials(request),
  run: ({ request }, call) => credentials.store({ ...request, project_ids: request.project_ids ?? [] }, call),
});

const listCredentials = endpoint({
  name: 'list_credentials',
  access: ofRequest('read'),
  args: { request: record({ user_id: text, agent_type: opt(agentType) }) },
  reply: listResult(credentialInfo),
  run: (args, call, rights) => credentials.list(args.request, rights, call),
});

const listAccounts = endpoint({
  name: 'list_accounts',
  access: ofRequest('read'),
  args: {
    request: record({ user_id: text, agent_type: opt(agentType), limit: opt(nat32), cursor: opt(text) }),
  },
  reply: pageResult(credentialInfo),
  run: (args, call, rights) => credentials.page(args.request, rights, call),
});

const listDueConnections = endpoint({
  name: 'list_due_connections',
  access: ofFilteredUser,
  args: {
    request: record({
      filter: strictOpt(record({ user_id: text, agent_type: strictOpt(agentType) })),
      kind: dueKind,
      before: nat64,
      since: strictOpt(nat64),
      limit: opt(nat32),
      cursor: opt(text),
    }),
  },
  reply: pageResult(dueConnection),
  run: (args, call, rights) =>
    due.page(args.request, call, { rights, isBlockedBy: blocks.blockersOf(call.principal) }),
});

const revokeCredentials = endpoint({
  name: 'revoke_credentials',
  access: ofRequest('end'),
  args: { request: record(account) },
  reply: unitResult(),
  consent: ({ request }) => revokeConsent(request),
  run: (args, call, rights) => credentials.revoke(args.request, call, rights),
});

const leaseAgentCredentials = endpoint({
  name: 'lease_agent_credentials',
  access: ofRequest('lease'),
  args: { request: record({ ...account, purpose: text, duration_ns: opt(nat64) }) },
  reply: recordResult(credentialLease),
  run: (args, call, rights) => tokens.lease(args.request, call, rights),
});

const beginTokenRefresh = endpoint({
  name: 'begin_token_refresh',
  access: ofRequest('refresh'),
  args: { request: record(account) },
  reply: recordResult(tokenRefresh),
  run: (args, call, rights) => tokens.beginRefresh(args.request, call, rights),
});

const completeTokenRefresh = endpoint({
  name: 'complete_token_refresh',
  access: ofRequest('refresh'),
  args: {
    request: record({
      ...account,
      fencing: nat64,
      outcome: variant({
        refreshed: record({ token: text, token_data: opt(text), expires_at: opt(nat64) }),
        failed: record({ reason: text }),
        rejected: record({ reason: text }),
      }),
    }),
  },
  reply: unitResult(),
  run: (args, call) => tokens.completeRefresh(args.request, call),
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

  @update(...storeCredentials.signature)
  store_credentials(): void {
    storeCredentials.serve();
  }

  @query(...listCredentials.signature)
  list_credentials(): void {
    listCredentials.serve();
  }

  @query(...listAccounts.signature)
  list_accounts(): void {
    listAccounts.serve();
  }

  @query(...listDueConnections.signature)
  list_due_connections(): void {
    listDueConnections.serve();
  }

  @update(...revokeCredentials.signature)
  revoke_credentials(): void {
    revokeCredentials.serve();
  }

  @update(...leaseAgentCredentials.signature)
  lease_agent_credentials(): void {
    leaseAgentCredentials.serve();
  }

  @update(...beginTokenRefresh.signature)
  begin_token_refresh(): void {
    beginTokenRefresh.serve();
  }

  @update(...completeTokenRefresh.signature)
  complete_token_refresh(): void {
    completeTokenRefresh.serve();
  }
}
