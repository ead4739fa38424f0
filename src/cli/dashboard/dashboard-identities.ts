import { createHash } from 'node:crypto';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import type { AgentServiceClient } from '../../client/index.ts';

/** Someone whom a developer can be in the dapp of a local network. */
interface DashboardIdentity {
  readonly name: string;
  readonly role: 'user' | 'agent' | 'admin';
}

const IDENTITIES: readonly DashboardIdentity[] = [
  { name: 'Alice', role: 'user' },
  { name: 'Bob', role: 'user' },
  { name: 'Mail agent', role: 'agent' },
  { name: 'Operator', role: 'admin' },
];

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * Who can sign in to the dapp of a local network without Internet Identity: name, role, and the seed of the Ed25519 key in hex. Everybody
 * knows these keys, so there are none where other machines reach the network.
 */
export function dashboardIdentities(
  host: string,
): readonly (DashboardIdentity & { readonly seed: string })[] {
  if (!LOOPBACK.includes(host)) return [];
  return IDENTITIES.map((identity) => ({ ...identity, seed: seedOf(identity.name) }));
}

/** Gives the agents and admins among them their rights, unless they have them; `admin` is a client of an admin. */
export async function registerDashboardIdentities(
  admin: AgentServiceClient,
  identities: ReturnType<typeof dashboardIdentities>,
): Promise<void> {
  const known = new Set([
    ...(await admin.listAgents()).map(({ agent }) => agent.toText()),
    ...(await admin.listAdmins()).map(({ admin: principal }) => principal.toText()),
  ]);
  for (const { name, role, seed } of identities) {
    const principal = Ed25519KeyIdentity.generate(Buffer.from(seed, 'hex')).getPrincipal();
    if (known.has(principal.toText())) continue;
    if (role === 'agent') await admin.addAgent({ agent: principal, name });
    if (role === 'admin') await admin.addAdmin(principal);
  }
}

function seedOf(name: string): string {
  return createHash('sha256').update(`agent-service dashboard: ${name}`).digest('hex');
}
