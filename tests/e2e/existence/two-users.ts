import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { AgentServiceClient } from '../../../src/client/index.ts';
import { identityFromPem } from '../../../src/client/node.ts';
import { newPem } from '../../client/support/new-pem.ts';
import { clientOf, type OpenService } from '../support/local-service.ts';
import { type ExistenceCase, existenceCases } from './method-table.ts';

/** Somebody who calls, by a file of their key. */
export interface Stranger {
  readonly pem: string;
  readonly path: string;
  readonly principal: string;
  readonly client: AgentServiceClient;
}

/** Who may see nothing of Alice, and the methods with ids of hers and of nobody. */
export interface TwoUsers {
  readonly strangers: Readonly<Record<'another user' | 'an agent that she did not grant', Stranger>>;
  readonly cases: readonly ExistenceCase[];
}

const NOBODY = Principal.selfAuthenticating(new Uint8Array([7, 7])).toText();
const neverOf = (id: string) => `${id.slice(0, 4)}00000000000fffff`;

/** Alice has a record of each kind; Bob has some as well, and granted an agent, which she did not. */
export async function setupTwoUsers(service: OpenService): Promise<TwoUsers> {
  const admin = await clientOf(service, 'admin');
  const agent = await clientOf(service);
  await admin.updateServiceLimits([{ name: 'new_users_burst', value: 1000n }]);
  const limits = { callerBurst: 1_000_000n, callerPerMinute: 1_000_000n, userBurst: 1_000_000n };
  await admin.updateSettings({ limits });
  const [alice, bob, outsider, hers] = await Promise.all(
    ['alice', 'bob', 'outsider', 'hers'].map((name) => stranger(service, name)),
  );
  if (!alice || !bob || !outsider || !hers) throw new Error('there are four');
  for (const [name, { principal }] of Object.entries({ outsider, hers })) {
    await admin.addAgent({ agent: Principal.fromText(principal), name, scope: 'granted_users' });
  }
  await bob.client.grantAgent({ userId: bob.principal, agent: Principal.fromText(outsider.principal) });
  await alice.client.grantAgent({ userId: alice.principal, agent: Principal.fromText(hers.principal) });
  const hold = async (userId: string, accounts: readonly string[]) => {
    const session = await agent.createAgentSession({ userId, agentType: 'GitHub' });
    const about = { userId, agentType: 'GitHub' } as const;
    const interaction = await agent.storeAgentInteraction({
      ...about,
      message: 'm',
      response: 'r',
      success: true,
    });
    for (const account of accounts) {
      await agent.storeCredentials({ ...about, account, token: 't', tokenData: '{"refresh_token":"r"}' });
    }
    return { session, interaction };
  };
  await hold(bob.principal, ['work', 'home']);
  const { session, interaction } = await hold(alice.principal, ['work', 'home', 'lab', 'spare']);
  const { fencing } = await agent.beginTokenRefresh({
    userId: alice.principal,
    agentType: 'GitHub',
    account: 'home',
  });
  const spent = await agent.createLinkCode('carol');
  // A user_id has one code: the next takes its place.
  await agent.createLinkCode('carol');
  const { items } = await agent.listActivities({ userId: alice.principal, limit: 1 });
  const activity = items[0]?.id ?? '';
  const { nextCursor = '' } = await agent.listAccounts({ userId: alice.principal, limit: 3 });
  const numberOf = (id: string) => String(BigInt(`0x${id.slice(8)}`));
  const pair = (theirs: string, never = neverOf(theirs)) => ({ theirs, never });
  const place = nextCursor.replace(/\d+$/, '200');
  const ids = {
    session: pair(session),
    interaction: pair(interaction),
    activity: pair(activity),
    'activity number': pair(numberOf(activity), numberOf(neverOf(activity))),
    // Every number up to the end of the log is that of an entry, of which everybody may know: here it is one of nobody's.
    'event place': pair(numberOf(activity), String(BigInt(numberOf(activity)) + 1n)),
    'account place': pair(nextCursor, place),
    'sessions page': pair(`sessions:${session}`, `sessions:${neverOf(session)}`),
    'interactions page': pair(`interactions:${interaction}`, `interactions:${neverOf(interaction)}`),
    'activities page': pair(`activities:${activity}`, `activities:${neverOf(activity)}`),
    'credentials page': pair(`credentials:${nextCursor}`, `credentials:${place}`),
    user: pair(alice.principal, NOBODY),
    account: pair('work', 'none'),
    fencing: pair(String(fencing), '77'),
    agent: pair(hers.principal, NOBODY),
    admin: pair(service.identities.admin.identity.getPrincipal().toText(), NOBODY),
    'spent code': pair(spent.code, spent.code.split('').reverse().join('')),
  };
  const words = { alice: alice.principal, bob: bob.principal, agent: hers.principal, user: alice.principal };
  return {
    strangers: { 'another user': bob, 'an agent that she did not grant': outsider },
    cases: existenceCases(ids, words),
  };
}

async function stranger(service: OpenService, name: string): Promise<Stranger> {
  const pem = newPem();
  const path = join(service.directory, `${name}.pem`);
  writeFileSync(path, pem);
  const identity = await identityFromPem(pem);
  const client = await AgentServiceClient.create({
    host: service.url,
    canisterId: service.canisterId,
    identity,
    rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
  });
  return { pem, path, principal: identity.getPrincipal().toText(), client };
}
