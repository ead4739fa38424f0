import type { SecretLocation } from '../../../../src/client/index.ts';
import type { SecretCalls } from './secret-calls.ts';

/** Calls a method of the interface with values in JSON; resolves with its answer. */
export type CallMethod = (method: string, values: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** What is done to secrets before they are sent, and after they are read. */
export interface SecretChange {
  readonly seal: (secret: string, location: SecretLocation) => Promise<string>;
  readonly open: (secret: string, location: SecretLocation) => Promise<string>;
}

interface Lease {
  readonly credentials: { readonly token: string };
}

interface Refresh {
  readonly credentials: { readonly token_data: string };
  readonly fencing: string;
}

/** By JSON; secrets go as they are unless a change is given. */
export function jsonSecretCalls(
  call: CallMethod,
  userId: string,
  { seal, open }: SecretChange = { seal: unchanged, open: unchanged },
): SecretCalls {
  const of = { user_id: userId, agent_type: 'GitHub' };
  const location = { userId, agentType: 'GitHub' } as const;
  const sealed = async (account: string | undefined, token: string, grant: string) => ({
    token: await seal(token, { ...location, account, field: 'token' }),
    token_data: await seal(grant, { ...location, account, field: 'token_data' }),
  });
  const sealedSession = (token: string) => seal(token, { ...location, field: 'session_token' });
  return {
    store: async (account, { token, grant }) => {
      await call('store_credentials', {
        ...of,
        account,
        ...(await sealed(account, token, grant)),
        project_ids: [],
      });
    },
    update: async ({ token, grant }) => {
      await call('update_agent_credentials', { ...of, ...(await sealed(undefined, token, grant)) });
    },
    lease: async (account) => {
      // The interface answers so.
      const { credentials } = (await call('lease_agent_credentials', {
        ...of,
        account,
        purpose: 'a day',
      })) as Lease;
      return open(credentials.token, { ...location, account, field: 'token' });
    },
    beginRefresh: async (account) => {
      const { credentials, fencing } = (await call('begin_token_refresh', { ...of, account })) as Refresh;
      return {
        fencing,
        grant: await open(credentials.token_data, { ...location, account, field: 'token_data' }),
      };
    },
    completeRefresh: async (account, fencing, { token, grant }) => {
      const outcome = { refreshed: await sealed(account, token, grant) };
      await call('complete_token_refresh', { ...of, account, fencing, outcome });
    },
    revoke: async (account) => {
      await call('revoke_credentials', { ...of, account });
    },
    beginSession: async (token) =>
      String(await call('create_session', { ...of, token: await sealedSession(token) })),
    updateSession: async (session_id, token) => {
      await call('update_agent_session', { session_id, token: await sealedSession(token) });
    },
    sessionToken: async (session_id) => {
      const { token } = (await call('get_agent_session', { session_id })) as { readonly token: string };
      return open(token, { ...location, sessionId: session_id, field: 'session_token' });
    },
    endSession: async (session_id) => {
      await call('end_agent_session', { session_id });
    },
  };
}

function unchanged(secret: string): Promise<string> {
  return Promise.resolve(secret);
}

/** Calls by plain HTTP of the gateway, with the API key. */
export function gatewayCall(
  url: string,
  key: string,
  headers: Readonly<Record<string, string>> = {},
): CallMethod {
  return async (method, values) => {
    const response = await fetch(`${url}/v1/methods/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(values),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { readonly result: unknown }).result;
  };
}
