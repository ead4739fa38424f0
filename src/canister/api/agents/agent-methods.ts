import { query, update } from 'azle';
import { nat64, opt, principal, record, strictOpt, text, vec } from '../../codec/index.ts';
import { adminsOnly, identified } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { agent, agentName, agentPermission, agentScope, agentType } from '../interface-types.ts';
import { listResult, unitResult } from '../replies.ts';
import { agents } from '../services.ts';

/** What an agent may do. An option that is not known refuses the call: left out, it would mean everything. */
const rights = {
  agent_types: strictOpt(vec(agentType)),
  permissions: strictOpt(vec(agentPermission)),
  scope: strictOpt(agentScope),
  expires_at: strictOpt(nat64),
};

const addAgent = endpoint({
  name: 'add_agent',
  access: adminsOnly,
  args: { request: record({ agent: principal, name: text, ...rights }) },
  reply: unitResult(),
  run: (args, call) => agents.add(args.request, call),
});

const updateAgent = endpoint({
  name: 'update_agent',
  access: adminsOnly,
  args: { request: record({ agent: principal, name: opt(text), ...rights }) },
  reply: unitResult(),
  run: (args, call) => agents.update(args.request, call),
});

const removeAgent = endpoint({
  name: 'remove_agent',
  access: adminsOnly,
  args: { request: record({ agent: principal }) },
  reply: unitResult(),
  run: (args, call) => agents.remove(args.request, call),
});

const listAgents = endpoint({
  name: 'list_agents',
  access: adminsOnly,
  args: { request: record({}) },
  reply: listResult(agent),
  run: () => agents.list(),
});

const getAgentNames = endpoint({
  name: 'get_agent_names',
  access: identified,
  args: { request: record({ agents: vec(principal) }) },
  reply: listResult(agentName),
  run: (args) => agents.names(args.request.agents),
});

export class AgentMethods {
  @update(...addAgent.signature)
  add_agent(): void {
    addAgent.serve();
  }

  @update(...updateAgent.signature)
  update_agent(): void {
    updateAgent.serve();
  }

  @update(...removeAgent.signature)
  remove_agent(): void {
    removeAgent.serve();
  }

  @query(...listAgents.signature)
  list_agents(): void {
    listAgents.serve();
  }

  @query(...getAgentNames.signature)
  get_agent_names(): void {
    getAgentNames.serve();
  }
}
