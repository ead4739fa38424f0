import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import type { AgentServiceClient } from '../../client/index.ts';

/** Someone whom a developer can be in the dapp of a local network. */
export interface DashboardIdentity {
  readonly name: string;
  readonly role: 'user' | 'agent' | 'admin';
  /** Of the Ed25519 key, 32 bytes in hex. */
  readonly seed: string;
}

const PEOPLE: readonly Omit<DashboardIdentity, 'seed'>[] = [
  { name: 'Alice', role: 'user' },
  { name: 'Bob', role: 'user' },
  { name: 'Mail agent', role: 'agent' },
  { name: 'Operator', role: 'admin' },
];

const SECRET_BYTES = 32;

/**
 * Who can sign in to the dapp of the local network of a folder without Internet Identity. The keys follow from a secret in the folder, so they
 * are the same at each start, and nobody else's.
 */
export function dashboardIdentities(directory: string): readonly DashboardIdentity[] {
  const path = join(directory, 'identities', 'dashboard.secret');
  if (!existsSync(path)) writeFileSync(path, randomBytes(SECRET_BYTES), { mode: 0o600, flag: 'wx' });
  const secret = readFileSync(path);
  return PEOPLE.map((person) => ({
    ...person,
    seed: createHmac('sha256', secret).update(person.name).digest('hex'),
  }));
}

/** The key of a development identity. */
export function keyOf({ seed }: DashboardIdentity): Ed25519KeyIdentity {
  return Ed25519KeyIdentity.generate(Buffer.from(seed, 'hex'));
}

/** Gives the agents and admins among them their rights, unless they have them; `admin` is a client of an admin. */
export async function registerDashboardIdentities(
  admin: AgentServiceClient,
  identities: readonly DashboardIdentity[],
): Promise<void> {
  const known = new Set([
    ...(await admin.listAgents()).map(({ agent }) => agent.toText()),
    ...(await admin.listAdmins()).map(({ admin: principal }) => principal.toText()),
  ]);
  for (const identity of identities) {
    const principal = keyOf(identity).getPrincipal();
    if (known.has(principal.toText())) continue;
    if (identity.role === 'agent') await admin.addAgent({ agent: principal, name: identity.name });
    if (identity.role === 'admin') await admin.addAdmin(principal);
  }
}
