import type { AgentServiceClient } from '../../../../src/client/index.ts';
import type { SecretCalls } from './secret-calls.ts';

/** By `AgentServiceClient`. */
export function clientSecretCalls(client: AgentServiceClient, userId: string): SecretCalls {
  const of = { userId, agentType: 'GitHub' } as const;
  return {
    store: (account, { token, grant }) =>
      client.storeCredentials({ ...of, account, token, tokenData: grant, projectIds: [] }),
    update: ({ token, grant }) => client.updateAgentCredentials({ ...of, token, tokenData: grant }),
    lease: async (account) =>
      (await client.leaseAgentCredentials({ ...of, account, purpose: 'a day' })).credentials.token,
    beginRefresh: async (account) => {
      const { credentials, fencing } = await client.beginTokenRefresh({ ...of, account });
      return { grant: credentials.tokenData ?? '', fencing: `${fencing}` };
    },
    completeRefresh: (account, fencing, { token, grant }) =>
      client.completeTokenRefresh({
        ...of,
        account,
        fencing: BigInt(fencing),
        outcome: { refreshed: { token, tokenData: grant } },
      }),
    revoke: (account) => client.revokeCredentials({ ...of, account }),
    beginSession: (token) => client.createSession({ ...of, token }),
    updateSession: (sessionId, token) => client.updateAgentSession({ sessionId, token }),
    sessionToken: async (id) => (await client.getAgentSession(id))?.token,
    endSession: (id) => client.endAgentSession(id),
  };
}
