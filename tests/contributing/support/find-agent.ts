import type { Edit } from './checkout.ts';

/** A method `find_agent`, as CONTRIBUTING.md's checklist adds one: a file a step. */
export const FIND_AGENT: readonly Edit[] = [
  {
    path: 'src/candid/agent_service.did',
    after: '  list_agents : (record {}) -> (ListAgentsResult) query;\n',
    text: `  // Finds an agent by its principal.
  // Errors: those of every query; NotFound for a principal that is no agent.
  // Callers: admins.
  // Cost: free.
  find_agent : (FindAgentArgs) -> (FindAgentResult) query;
`,
  },
  {
    path: 'src/candid/agent_service.did',
    after: 'type ListAgentsResult = variant { Ok : vec Agent; Err : AgentError };\n',
    text: `type FindAgentArgs = record { agent : principal };
type FindAgentResult = variant { Ok : Agent; Err : AgentError };
`,
  },
  {
    path: 'src/canister/services/agents/agent-registry.ts',
    after: `    return this.#store.agents.values().map(agentBody);
  }
`,
    text: `
  /** An agent as a Candid record. */
  find({ agent }: { readonly agent: Uint8Array }): Uint8Array {
    const stored = this.#store.agents.get(agent);
    if (stored === undefined) throw notFound();
    return agentBody(stored);
  }
`,
  },
  {
    path: 'src/canister/api/agents/agent-methods.ts',
    after: 'import { listResult, ',
    text: 'recordResult, ',
  },
  {
    path: 'src/canister/api/agents/agent-methods.ts',
    after: `  run: () => agents.list(),
});
`,
    text: `
const findAgent = endpoint({
  name: 'find_agent',
  access: adminsOnly,
  args: { request: record({ agent: principal }) },
  reply: recordResult(agent),
  run: (args) => agents.find(args.request),
});
`,
  },
  {
    path: 'src/canister/api/agents/agent-methods.ts',
    after: `    listAgents.serve();
  }
`,
    text: `
  @query(...findAgent.signature)
  find_agent(): void {
    findAgent.serve();
  }
`,
  },
  {
    path: 'tests/canister/wasm/access/access.test.ts',
    after: "    list_agents: [ADMINS, 'Err', [{}]],\n",
    text: "    find_agent: [ADMINS, 'Err', [{ agent: agentOf('an agent') }]],\n",
  },
  {
    path: 'tests/canister/model/methods.ts',
    after: `    run: (m) => inOrder(m.agents, 'agent').map((agent) => without(agent, 'limits')),
  },
`,
    text: `  find_agent: {
    admit: admins,
    run: (m, _call, { agent }) => without(registries.agentNamed(m, agent), 'limits'),
  },
`,
  },
  {
    path: 'tests/canister/wasm/agents/find-agent.test.ts',
    text: `import { expect, it } from 'vitest';
import { AGENT, OWNER, STRANGER, setupCanister } from '../../support/wasm-canister.ts';

it('finds an agent, and no other principal', async () => {
  const canister = await setupCanister();
  const find = (agent: typeof AGENT) => canister.query('find_agent', [{ agent }], { sender: OWNER });
  expect(await find(AGENT)).toMatchObject({ Ok: { name: 'agent' } });
  expect(await find(STRANGER)).toEqual({ Err: { NotFound: null } });
});
`,
  },
  {
    path: 'src/gateway/http/rest-paths.ts',
    after: "  { verb: 'GET', path: '/v1/agents', method: 'list_agents' },\n",
    text: "  { verb: 'GET', path: '/v1/agents/{agent}', method: 'find_agent' },\n",
  },
  { path: 'CHANGELOG.md', after: '### Added\n\n', text: '- `find_agent` finds an agent by its principal.\n' },
];
