import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { setupMcpOverHttp } from '../support/mcp-client.ts';
import { setupBareGateway } from '../support/setup-bare-gateway.ts';
import { type Schema, SECRET, wrongObjects } from '../support/wrong-values.ts';

const ALLOWED = /must be|is missing|there are/;
const OF_THE_CODE = / at .*:\d+:\d+|node_modules|\.ts\b|\[object|undefined/;

async function setupClient(): Promise<Client> {
  const { url, key } = await setupBareGateway({ limits: { keyBurst: 1e6, keyCallsPerMinute: 1e6 } });
  return setupMcpOverHttp(url, key);
}

describe('first contact: a wrong argument by MCP', () => {
  it('of a tool is named, with what is allowed and what to do', async () => {
    const client = await setupClient();
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(10);
    for (const { name, inputSchema } of tools) {
      const before = Object.keys(inputSchema.properties ?? {}).length;
      expect(before).toBeGreaterThan(0);
      for (const wrong of wrongObjects(inputSchema as Schema)) {
        const what = `${name} ${wrong.path}: ${JSON.stringify(wrong.value).slice(0, 300)}`;
        const args = wrong.value as Record<string, unknown>;
        const { isError, content } = await client.callTool({ name, arguments: args });
        const [{ text }] = content as unknown as readonly [{ readonly text: string }];
        expect([what, isError]).toEqual([what, true]);
        const problem = JSON.parse(text) as { readonly type: string; readonly detail: string };
        expect(problem, what).toMatchObject({
          type: `urn:agent-service:problem:${wrong.isBySchema ? 'InvalidRequest' : 'InvalidArgument'}`,
          status: 400,
          field: wrong.field,
          detail: expect.stringContaining(wrong.field),
          next_step: 'Correct the named field, then call again.',
        });
        expect(problem.detail, what).toMatch(ALLOWED);
        expect(text, what).not.toContain(SECRET);
        expect(text, what).not.toMatch(OF_THE_CODE);
      }
    }
  }, 60_000);

  it('as arguments that are no object, or of a tool that there is not, is told without a stack', async () => {
    const client = await setupClient();
    const { tools } = await client.listTools();
    const asked = [
      ...tools.flatMap(({ name }) => [SECRET, 7, [SECRET]].map((args) => ({ name, arguments: args }))),
      { name: 'lease_credential', arguments: { token: SECRET } },
      { name: 7, arguments: {} },
    ];
    for (const params of asked) {
      const told = await client.callTool(params as never).then(
        (result) => JSON.stringify(result),
        (error: unknown) => String(error),
      );
      expect(told).toMatch(/expected|not found|[Ii]nvalid/);
      expect(told).not.toContain(SECRET);
      expect(told).not.toMatch(/ at .*:\d+:\d+|node_modules|\.ts\b/);
    }
  });

  it('as a URI is told as a resource that is not there, without a stack', async () => {
    const client = await setupClient();
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.length).toBeGreaterThan(4);
    const wrong = ['%zz', '%ff', 'github', ''];
    const uris = resourceTemplates.flatMap(({ uriTemplate }) => {
      const parameters = [...uriTemplate.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      return parameters.flatMap((parameter) =>
        wrong
          // Any text may be a user's id or a session's: the service says whether it is.
          .filter((value) => value !== 'github' || parameter === 'agent_type')
          .map((value) =>
            uriTemplate.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
              name === parameter ? value : name === 'agent_type' ? 'GitHub' : 'a',
            ),
          ),
      );
    });
    for (const uri of [...uris, 'agent-service://users', 'agent-service://a/b/c/d', 'https://example.com/']) {
      const error: unknown = await client.readResource({ uri }).catch((thrown: unknown) => thrown);
      expect(String(error), uri).toMatch(/not found|there is no|does not have/i);
      expect(String(error), uri).not.toMatch(OF_THE_CODE);
    }
    const told: unknown = await client.readResource({ uri: 'hello' }).catch((thrown: unknown) => thrown);
    expect(String(told)).not.toMatch(OF_THE_CODE);
  });

  it('of a completion is told, or proposes nothing', async () => {
    const client = await setupClient();
    const { resourceTemplates } = await client.listResourceTemplates();
    for (const { uriTemplate } of resourceTemplates) {
      for (const [name, value] of [
        ['unheard_of', SECRET],
        ['agent_type', SECRET],
        ['user_id', SECRET],
        ['session_id', SECRET],
      ] as const) {
        const ref = { type: 'ref/resource', uri: uriTemplate } as const;
        const { completion } = await client.complete({ ref, argument: { name, value } });
        expect(completion.values).toEqual([]);
      }
    }
    for (const params of [
      {
        ref: { type: 'ref/resource', uri: 'agent-service://nothing' },
        argument: { name: 'a', value: SECRET },
      },
      { ref: { type: 'ref/prompt', name: 'nothing' }, argument: { name: 'a', value: SECRET } },
      { ref: { type: 'ref/nothing' }, argument: { name: 'a', value: SECRET } },
      { ref: { type: 'ref/resource', uri: 'a' }, argument: { name: 'a', value: 7 } },
    ]) {
      const error: unknown = await client.complete(params as never).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain(SECRET);
      expect(String(error)).not.toMatch(/ at .*:\d+:\d+|node_modules|\.ts\b/);
    }
    expect(client.getServerCapabilities()?.prompts).toBeUndefined();
  });
});
