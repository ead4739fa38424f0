import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import type { NetworkFile } from '../../../src/cli/networks/network-file.ts';
import {
  type AgentServiceClient,
  downloadAuditLog,
  RefusalError,
  verifyAuditLog,
} from '../../../src/client/index.ts';
import { identityFromPemFile } from '../../../src/client/node.ts';
import type { Random } from '../../replica/support/random.ts';
import { clientOf, collect, start } from './network.ts';

/** Who writes at the same time, each for a user of their own and for one whom all of them write for. */
const CALLERS = 8;
const SHARED = 'everybodys';
/** The longest that a network is left to run before it is killed. */
const MOST_MS = 4000;
const RETRY_MS = 100;

/** A write that was answered. */
interface Answered {
  readonly id: string;
  readonly userId: string;
  readonly message: string;
}

export interface KillReport {
  readonly answered: number;
  /** Sent again after the network was killed before it answered. */
  readonly retried: number;
  /** How often a start went on with messages that no checkpoint had. */
  readonly recoveries: number;
}

/**
 * Kills the service's network at random moments while eight callers write, and starts it again. Callers send what was not answered again with the same
 * request_id. Throws where an answered write is missing or another, one is there twice, a record is without its activity, or the audit log does not verify.
 */
export async function killAgainAndAgain(times: number, random: Random): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-service-kill-'));
  let network = await start(folder, 0);
  try {
    const file = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as NetworkFile;
    const port = Number(new URL(file.replica_url).port);
    const admin = await clientOf(file, await identityFromPemFile(file.admin_pem));
    await admin.updateSettings({ limits: { callerBurst: 1_000_000n, userBurst: 1_000_000n } });
    const callers = await Promise.all(Array.from({ length: CALLERS }, (_, i) => addCaller(file, admin, i)));
    const answered: Answered[] = [];
    const state = { over: false, retried: 0 };
    const writers = callers.map((caller, i) => write(caller, i, { answered, state }));
    // A writer ends before time only where it found something.
    const found = Promise.all(writers);
    let recoveries = 0;
    for (let kill = 0; kill < times; kill++) {
      await Promise.race([after(random.below(MOST_MS)), found]);
      await network.stop('SIGKILL');
      network = await start(folder, port);
      if (/Recovered \d+ update call/.test(network.output)) recoveries++;
    }
    state.over = true;
    await found;
    await check(file, answered);
    return { answered: answered.length, retried: state.retried, recoveries };
  } finally {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addCaller(
  file: NetworkFile,
  admin: AgentServiceClient,
  i: number,
): Promise<AgentServiceClient> {
  const identity = Ed25519KeyIdentity.generate();
  await admin.addAgent({ agent: identity.getPrincipal(), name: `caller ${i}` });
  return clientOf(file, identity);
}

async function write(
  caller: AgentServiceClient,
  i: number,
  { answered, state }: { readonly answered: Answered[]; readonly state: { over: boolean; retried: number } },
): Promise<void> {
  for (let number = 0; !state.over; number++) {
    const userId = number % 2 === 0 ? SHARED : `user-${i}`;
    const message = `${i}-${number}`;
    const request = {
      userId,
      agentType: 'GitHub',
      message,
      response: 'r',
      success: true,
      requestId: message,
    } as const;
    const id = await untilAnswered(() => caller.storeInteraction(request), state);
    answered.push({ id, userId, message });
  }
}

/** Sends a write again until there is an answer to it. */
async function untilAnswered(send: () => Promise<string>, state: { retried: number }): Promise<string> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      // The service itself said no; anything else is the network that was killed.
      if (error instanceof RefusalError) throw error;
      state.retried++;
      await after(RETRY_MS);
    }
  }
}

async function check(file: NetworkFile, answered: readonly Answered[]): Promise<void> {
  const agent = await clientOf(file, await identityFromPemFile(file.agent_pem));
  for (const userId of new Set(answered.map((each) => each.userId))) {
    const writes = answered.filter((each) => each.userId === userId);
    const stored = await collect(agent.eachInteraction({ userId }));
    const activities = await collect(agent.eachActivity({ userId }));
    const found = new Map(stored.map((interaction) => [interaction.id, interaction.message]));
    const lost = writes.filter(({ id, message }) => found.get(id) !== message);
    if (lost.length > 0)
      throw new Error(`${lost.length} answered writes are not there, such as ${JSON.stringify(lost[0])}`);
    if (stored.length !== writes.length)
      throw new Error(`${userId} has ${stored.length} interactions, and ${writes.length} were answered`);
    const told = new Set(activities.map(({ metadata }) => metadata));
    const untold = stored.filter(({ id }) => !told.has(JSON.stringify({ interaction_id: id })));
    if (untold.length > 0 || activities.length !== stored.length)
      throw new Error(`${userId} has interactions without their activity`);
    const { interactions } = await agent.getUsage(userId);
    if (interactions.used !== BigInt(stored.length))
      throw new Error(`${userId} has a wrong count of interactions`);
  }
  await verifyAuditLog(await downloadAuditLog(agent), {
    canisterId: file.canister_id,
    rootKey: new Uint8Array(Buffer.from(file.root_key, 'hex')),
  });
}
