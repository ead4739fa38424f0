import { CLIENT_MODULES, INTERFACE } from '../files/project.ts';

/** What a person can copy to call the service. */
export interface SnippetFacts {
  readonly url: string;
  readonly canisterId: string;
  readonly agentPem: string;
  /** The text of the agent's principal. */
  readonly agent: string;
}

/** A line for the terminal that asks the gateway for a status; the key is in a file. */
export function httpSnippet({ url, agentKey }: { readonly url: string; readonly agentKey: string }): string {
  return `curl -s -H "Authorization: Bearer $(cat ${agentKey})" ${url}/v1/users/alice/status`;
}

/** A line for the terminal, one of Python and one of TypeScript that ask for a status. */
export function snippets({ url, canisterId, agentPem, agent }: SnippetFacts): readonly string[] {
  // icp keeps the identities of all folders in one place: each agent has a name of its own there.
  const name = `agent-${agent.slice(0, agent.indexOf('-'))}`;
  const icp = [
    `icp identity import ${name} --from-pem ${agentPem} --storage plaintext`,
    `icp canister call ${canisterId} get_agent_status '("alice")' --query --identity ${name} --network ${url} --root-key fetch`,
  ].join('; ');
  const python = [
    'from ic import Agent, Canister, Client, Identity',
    `print(Canister(Agent(Identity.from_pem(open("${agentPem}").read()), Client("${url}")), "${canisterId}", open("${INTERFACE}").read()).get_agent_status("alice"))`,
  ].join('; ');
  const typescript = [
    `import { AgentServiceClient } from '${CLIENT_MODULES.client}'`,
    `import { identityFromPemFile } from '${CLIENT_MODULES.node}'`,
    `console.log(await (await AgentServiceClient.create({ host: '${url}', canisterId: '${canisterId}', identity: await identityFromPemFile('${agentPem}'), local: true })).getAgentStatus('alice'))`,
  ].join('; ');
  return [icp, python, typescript];
}
