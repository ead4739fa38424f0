import type { Client } from '@modelcontextprotocol/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientOf, type OpenService, openLocalService } from '../../e2e/support/local-service.ts';
import { setupMcpOverHttp } from '../support/mcp-client.ts';
import { gatewayBefore } from '../support/shared-service.ts';

const CHARACTERS = 40_000;

let service: OpenService;

beforeAll(async () => {
  service = await openLocalService();
  return () => service.close();
});

async function setupClient(): Promise<Client> {
  const { url, key } = await gatewayBefore(service, { limits: { keyBurst: 1000 } });
  return setupMcpOverHttp(url, key.agent);
}

interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: {
    readonly result: {
      readonly items: readonly { readonly id: string; readonly message: string }[];
      readonly next_cursor: string | null;
    };
    readonly cut?: { readonly next_texts_from: number };
  };
}

async function call(client: Client, name: string, args: Record<string, unknown>): Promise<Answer> {
  return (await client.callTool({ name, arguments: args })) as Answer;
}

async function store(userId: string, message: string): Promise<string> {
  const agent = await clientOf(service);
  return agent.storeAgentInteraction({ userId, agentType: 'GitHub', message, response: 'r', success: true });
}

describe('MCP results', () => {
  it.each([
    ['get_agent_session', { session_id: 'ses-00000000000000ff' }],
    ['get_agent_interaction', { interaction_id: 'int-00000000000000ff' }],
  ])('say of a record that is not there that it is an error, and what to do: %s', async (name, args) => {
    const client = await setupClient();
    const { isError, content, structuredContent } = await call(client, name, args);
    expect([isError, structuredContent]).toEqual([true, undefined]);
    expect(JSON.parse(content[0]?.text ?? '')).toMatchObject({
      type: 'urn:agent-service:problem:NotFound',
      status: 404,
      next_step: expect.stringContaining('list_sessions'),
    });
  });

  it('say of what is refused what to do', async () => {
    const client = await setupClient();
    const { isError, content } = await call(client, 'list_sessions', { user_id: 'alice', limit: 0 });
    expect(isError).toBe(true);
    expect(JSON.parse(content[0]?.text ?? '')).toMatchObject({
      field: 'limit',
      next_step: expect.stringContaining('field'),
    });
    const bad = await call(client, 'list_sessions', { user_id: 'a\ud83d' });
    expect(bad).toMatchObject({ isError: true });
    expect(bad.content[0]?.text).toContain('"field":"user_id"');
  });

  it('have the content once', async () => {
    await store('once', 'MARKER-once');
    const client = await setupClient();
    const answer = await call(client, 'list_interactions', { user_id: 'once' });
    expect(JSON.stringify(answer).split('MARKER-once')).toHaveLength(2);
    expect(answer.content[0]?.text).toContain('Records: 1.');
  });

  it('have it as a text for clients of the protocol that know no other, or where that is asked for', async () => {
    await store('text', 'MARKER-text');
    const { url, key } = await gatewayBefore(service);
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'list_interactions', arguments: { user_id: 'text' } },
    };
    const post = async (headers: Record<string, string>, to = url, by = key.agent) =>
      (
        await fetch(`${to}/mcp`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${by}`,
            'content-type': 'application/json',
            accept: 'application/json, text/event-stream',
            ...headers,
          },
          body: JSON.stringify(body),
        })
      ).text();
    for (const headers of [{}, { 'mcp-protocol-version': '2025-03-26' }]) {
      const answer = await post(headers);
      expect(answer.split('MARKER-text')).toHaveLength(2);
      expect(answer).not.toContain('structuredContent');
    }
    expect(await post({ 'mcp-protocol-version': '2025-06-18' })).toContain('structuredContent');
    const asked = await gatewayBefore(service, { models: { results: 'text' } });
    const client = await setupMcpOverHttp(asked.url, asked.key.agent);
    const { content, structuredContent } = await call(client, 'list_interactions', { user_id: 'text' });
    expect(structuredContent).toBeUndefined();
    expect(JSON.parse(content[0]?.text ?? '')).toMatchObject({
      result: { items: [{ message: 'MARKER-text' }] },
    });
  });

  it('come in pages that a model can take, whatever is in them, and to the end', async () => {
    const texts = [
      'a'.repeat(9000),
      '"'.repeat(9000),
      'Ж'.repeat(9000),
      '😀'.repeat(9000),
      '\u0000'.repeat(9000),
    ];
    const stored: string[] = [];
    for (let i = 0; i < 15; i++) stored.push(await store('pages', texts[i % texts.length] ?? ''));
    const client = await setupClient();
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const answer: Answer = await call(client, 'list_interactions', {
        user_id: 'pages',
        ...(cursor !== undefined && { cursor }),
      });
      expect(JSON.stringify(answer).length).toBeLessThanOrEqual(CHARACTERS);
      const { items = [], next_cursor = null } = answer.structuredContent?.result ?? {};
      expect(items.length).toBeGreaterThan(0);
      seen.push(...items.map(({ id }) => id));
      cursor = next_cursor;
    }
    expect(seen).toEqual(stored.reverse());
  });

  it('come in parts where one record is more than a model can take', async () => {
    const message = `${'"😀Ж'.repeat(30_000)}end`;
    const id = await store('fat', message);
    const client = await setupClient();
    for (const [name, args] of [
      ['get_agent_interaction', { interaction_id: id }],
      ['list_interactions', { user_id: 'fat', limit: 1 }],
    ] as const) {
      let read = '';
      for (let from: number | undefined = 0; from !== undefined; ) {
        const answer: Answer = await call(client, name, { ...args, texts_from: from });
        expect(JSON.stringify(answer).length).toBeLessThanOrEqual(CHARACTERS);
        const { result, cut } = answer.structuredContent ?? {};
        const record = (name.startsWith('list') ? result?.items[0] : result) as { message: string };
        read += record.message;
        from = cut?.next_texts_from;
        if (from !== undefined) expect(answer.content[0]?.text).toContain(`texts_from = ${from}`);
      }
      expect(read === message).toBe(true);
    }
  });

  it('are bounded for resources too, which say how to read on', async () => {
    await store('resource', 'x'.repeat(200_000));
    const client = await setupClient();
    const read = await client.readResource({ uri: 'agent-service://users/resource/interactions' });
    expect(JSON.stringify(read).length).toBeLessThanOrEqual(CHARACTERS + 2000);
    expect(JSON.stringify(read)).toContain('texts_from');
    for (const uri of [
      'agent-service://users/%zz/interactions',
      'agent-service://users/alice/sessions/ses-00000000000000ff',
    ]) {
      await expect(client.readResource({ uri })).rejects.toThrow(/not found/i);
    }
  });
});
