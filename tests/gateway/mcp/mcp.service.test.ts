import { describe, expect, it } from 'vitest';
import { clientOf, setupLocalService } from '../../e2e/support/local-service.ts';
import { setupMcpOverHttp } from '../support/mcp-client.ts';
import { setupGateway } from '../support/setup-gateway.ts';

const MARKER = 'MARKER-secret';

describe('MCP over HTTP', () => {
  it('has tools for status, sessions, interactions and activities that say what they do', async () => {
    const { url, key } = await setupGateway();
    const { tools } = await (await setupMcpOverHttp(url, key.agent)).listTools();
    const hints = Object.fromEntries(
      tools.map(({ name, annotations }) => [
        name,
        annotations?.readOnlyHint === true
          ? 'reads'
          : annotations?.destructiveHint === true
            ? 'changes'
            : 'adds',
      ]),
    );
    expect(hints).toEqual({
      get_agent_status: 'reads',
      get_agent_session: 'reads',
      list_sessions: 'reads',
      create_agent_session: 'adds',
      update_agent_session: 'changes',
      end_agent_session: 'changes',
      get_agent_interaction: 'reads',
      list_interactions: 'reads',
      store_agent_interaction: 'adds',
      list_activities: 'reads',
      log_agent_activity: 'adds',
    });
    for (const { inputSchema, outputSchema } of tools) {
      expect(Object.keys(inputSchema.properties ?? {})).not.toContain('token');
      expect(outputSchema).toMatchObject({ type: 'object' });
    }
  });

  it('does a session from its beginning to its end', async () => {
    const { url, key } = await setupGateway();
    const client = await setupMcpOverHttp(url, key.agent);
    const call = async (name: string, args: Record<string, unknown>) => {
      const { structuredContent, isError } = await client.callTool({ name, arguments: args });
      expect(isError ?? false).toBe(false);
      return (structuredContent as { result: unknown }).result;
    };
    const user = { user_id: 'alice', agent_type: 'GitHub' };
    const session_id = await call('create_agent_session', { ...user, project_id: 'p' });
    const id = await call('store_agent_interaction', { ...user, message: 'm', response: 'r', success: true });
    await call('log_agent_activity', { ...user, activity_type: 'IssueCreated', description: 'd' });
    expect(await call('get_agent_session', { session_id })).toMatchObject({
      project_id: 'p',
      is_active: true,
    });
    await call('end_agent_session', { session_id });
    expect(await call('list_interactions', { user_id: 'alice' })).toMatchObject({
      items: [{ id, session_id }],
    });
    expect(await call('get_agent_status', { user_id: 'alice' })).toMatchObject({ total_sessions: 1 });
    const { items } = (await call('list_activities', { user_id: 'alice', limit: 1 })) as { items: object[] };
    expect(items).toMatchObject([{ activity_type: 'SessionEnded' }]);
  });

  it('tells the model what the service refuses, as a problem', async () => {
    const { url, key } = await setupGateway();
    const client = await setupMcpOverHttp(url, key.user);
    const answer = await client.callTool({ name: 'get_agent_status', arguments: { user_id: 'alice' } });
    expect(answer.isError).toBe(true);
    expect(JSON.stringify(answer.content)).toContain('urn:agent-service:problem:Unauthorized');
  });

  it('shows no token to a model, and takes none from it', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const agent = await clientOf(service);
    const user = { userId: 'alice', agentType: 'GitHub' } as const;
    const sessionId = await agent.createAgentSession({ ...user, token: MARKER });
    await agent.storeAgentCredentials({ ...user, token: MARKER, tokenData: `{"refresh_token":"${MARKER}"}` });
    await agent.storeAgentInteraction({ ...user, message: 'm', response: 'r', success: true });
    expect((await agent.getAgentSession(sessionId))?.token).toBe(MARKER);

    const client = await setupMcpOverHttp(url, key.agent);
    const shown: unknown[] = [];
    for (const { name } of (await client.listTools()).tools) {
      const args =
        name.startsWith('list_') || name.endsWith('status')
          ? { user_id: 'alice' }
          : { session_id: sessionId };
      shown.push(await client.callTool({ name, arguments: args }).catch(String));
    }
    for (const { uriTemplate } of (await client.listResourceTemplates()).resourceTemplates) {
      const uri = uriTemplate
        .replace('{user_id}', 'alice')
        .replace('{session_id}', sessionId)
        .replace('{agent_type}', user.agentType);
      shown.push(await client.readResource({ uri }));
    }
    expect(JSON.stringify(shown)).toContain(sessionId);
    expect(JSON.stringify(shown)).not.toContain(MARKER);
    const given = { user_id: 'alice', agent_type: 'GitHub', token: MARKER };
    const refused = await client.callTool({ name: 'create_agent_session', arguments: given });
    expect(refused.isError).toBe(true);
  });

  it('has the histories of users as resources', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const userId = 'a/b% ü';
    await (await clientOf(service)).storeAgentInteraction({
      userId,
      agentType: 'Gmail',
      message: 'm',
      response: 'r',
      success: true,
    });
    const client = await setupMcpOverHttp(url, key.agent);
    const uri = `agent-service://users/${encodeURIComponent(userId)}/interactions`;
    const { contents } = await client.readResource({ uri });
    expect(contents).toEqual([
      { uri, mimeType: 'application/json', text: expect.stringContaining('"message":"m"') },
    ]);
  });

  it('proposes agent types, and the sessions of the user whose resource it is', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const agent = await clientOf(service);
    const sessions = await Promise.all(
      ['alice', 'alice', 'bob'].map((userId) => agent.createAgentSession({ userId, agentType: 'Asana' })),
    );
    const client = await setupMcpOverHttp(url, key.agent);
    const propose = async (path: string, value: string, user_id?: string) => {
      const [name = ''] = /\w+(?=\}$)/.exec(path) ?? [];
      const { completion } = await client.complete({
        ref: { type: 'ref/resource', uri: `agent-service://users/{user_id}/${path}` },
        argument: { name, value },
        ...(user_id !== undefined && { context: { arguments: { user_id } } }),
      });
      return completion.values;
    };
    expect(await propose('interactions/{agent_type}', 'g')).toEqual(['GitHub', 'Gmail']);
    expect(await propose('interactions/{agent_type}', 'x')).toEqual([]);
    const own = sessions.slice(0, 2).sort();
    expect((await propose('sessions/{session_id}', 'ses-', 'alice')).toSorted()).toEqual(own);
    expect(await propose('sessions/{session_id}', own[1] ?? '', 'alice')).toEqual([own[1]]);
    expect(await propose('sessions/{session_id}', '')).toEqual([]);
    for (const uri of [`users/bob/sessions/${own[0]}`, 'users/alice/interactions/Git']) {
      await expect(client.readResource({ uri: `agent-service://${uri}` })).rejects.toThrow(/not found/i);
    }
  });

  it('wants an API key', async () => {
    const { url } = await setupGateway();
    await expect(setupMcpOverHttp(url, 'ask_none')).rejects.toThrow(/401|Unauthorized/);
  });
});
