import { query, update } from 'azle';
import { principal, record, text } from '../codec/index.ts';
import { endpoint } from './endpoint.ts';
import { agent } from './interface-types.ts';
import { listResult, unitResult } from './replies.ts';
import { adminsOnly, agents } from './services.ts';

const addAgent = endpoint({
  access: adminsOnly,
  args: { request: record({ agent: principal, name: text }) },
  reply: unitResult(),
  run: (args, call) => agents.add(args.request, call),
});

const removeAgent = endpoint({
  access: adminsOnly,
  args: { request: record({ agent: principal }) },
  reply: unitResult(),
  run: (args) => agents.remove(args.request),
});

const listAgents = endpoint({
  access: adminsOnly,
  args: { request: record({}) },
  reply: listResult(agent),
  run: () => agents.list(),
});

export class AgentMethods {
  @update(...addAgent.signature)
  add_agent(): void {
    addAgent.serve();
  }

  @update(...removeAgent.signature)
  remove_agent(): void {
    removeAgent.serve();
  }

  @query(...listAgents.signature)
  list_agents(): void {
    listAgents.serve();
  }
}
