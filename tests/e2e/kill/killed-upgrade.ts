import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Principal } from '@dfinity/principal';
import { readModule } from '../../../src/cli/files/project.ts';
import { localNetworkFile } from '../../../src/cli/networks/local-state.ts';
import { notedCanister } from '../../../src/cli/networks/network-file.ts';
import { type AgentServiceClient, downloadAuditLog, verifyAuditLog } from '../../../src/client/index.ts';
import { identityFromPemFile } from '../../../src/client/node.ts';
import { Network } from '../../../src/replica/network.ts';
import type { Random } from '../../replica/support/random.ts';
import { RunningCommand } from '../support/command.ts';
import { clientOf as clientOfService, openServiceIn } from '../support/local-service.ts';
import { clientOf, collect, start } from './network.ts';

/** The module that is upgraded from: the last one of an earlier layout. */
const BEFORE = join(import.meta.dirname, '../../canister/fixtures/releases/before-feed.wasm.gz');
const USERS = ['alice', 'bob'];
const RECORDS = 20;
const LOOK_MS = 5;

/** What was found after each kill: the module before the upgrade, or the one after it. */
export interface UpgradeKillReport {
  readonly before: number;
  readonly upgraded: number;
}

/**
 * Kills the network while it upgrades the service of an earlier version: once with the new module just written to the journal, and then at random moments.
 * Throws where another module than the old or the new one is found, or where a later start does not bring the new one with all records as they were.
 */
export async function killUpgrades(times: number, random: Random): Promise<UpgradeKillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-service-kill-'));
  try {
    const filled = join(folder, 'filled');
    const records = await fill(filled);
    const whole = join(folder, 'whole');
    cpSync(filled, whole, { recursive: true });
    const begun = performance.now();
    await checkUpgraded(whole, records);
    const took = performance.now() - begun;
    const report = { before: 0, upgraded: 0 };
    for (let kill = 0; kill < times; kill++) {
      const directory = join(folder, `${kill}`);
      cpSync(filled, directory, { recursive: true });
      await killIn(directory, kill === 0 ? moduleIsWritten : () => after(random.below(took)));
      report[await moduleIn(directory)]++;
      await checkUpgraded(directory, records);
      rmSync(directory, { recursive: true });
    }
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Records {
  readonly users: readonly object[];
  readonly entries: readonly object[];
}

/** Fills the earlier version in a folder; returns all that can be read. */
async function fill(directory: string): Promise<Records> {
  const service = await openServiceIn(directory, new Uint8Array(readFileSync(BEFORE)));
  try {
    const client = await clientOfService(service);
    for (const userId of USERS) {
      const of = { userId, agentType: 'GitHub' } as const;
      await client.createAgentSession(of);
      await client.storeAgentCredentials({ ...of, token: `a token of ${userId}` });
      for (let i = 0; i < RECORDS; i++)
        await client.storeInteraction({
          ...of,
          message: `${i}`,
          response: 'r'.repeat(1 + 50 * i),
          success: true,
        });
    }
    return await recordsOf(client);
  } finally {
    await service.close();
  }
}

/** All that can be read, and as many entries of the audit log as there are, unless told. */
async function recordsOf(client: AgentServiceClient, count?: number): Promise<Records> {
  const ofUser = async (userId: string) => ({
    sessions: await client.getUserAgentSessions(userId),
    credentials: await client.getUserAgentCredentials(userId),
    interactions: await collect(client.eachInteraction({ userId })),
    activities: await collect(client.eachActivity({ userId })),
    usage: await client.getUsage(userId),
  });
  const { entries } = await client.getAuditEntries({});
  return { users: await Promise.all(USERS.map(ofUser)), entries: entries.slice(0, count) };
}

/** Starts the network, which upgrades the service, and kills it at a moment, or when it is ready. */
async function killIn(directory: string, moment: (directory: string) => Promise<void>): Promise<void> {
  const command = new RunningCommand(['start', '--directory', directory, '--port', '0']);
  const isReady = command.printed('Press Ctrl-C to stop');
  // A network that cannot start is found by the start after this one.
  await Promise.race([moment(directory), isReady.catch(() => undefined)]);
  await command.stop('SIGKILL');
  await isReady.catch(() => undefined);
}

/** Resolves once the journal holds the new module, which is then about to be installed. */
async function moduleIsWritten(directory: string): Promise<void> {
  const journal = join(directory, 'state/journal');
  const { length } = readModule();
  const bytes = () =>
    readdirSync(journal).reduce((sum, name) => {
      // A checkpoint removes files.
      const file = statSync(join(journal, name), { throwIfNoEntry: false });
      return sum + (file?.size ?? 0);
    }, 0);
  while (!existsSync(journal) || bytes() < length) await after(LOOK_MS);
}

/** Which module the state has. */
async function moduleIn(directory: string): Promise<keyof UpgradeKillReport> {
  const network = await Network.open({ directory: join(directory, 'state') });
  try {
    const id = Principal.fromText(notedCanister(directory) ?? '');
    const { code } = network.subnet.canisters.get(id.toUint8Array()) ?? {};
    const installed = Buffer.from(code?.moduleHash ?? []).toString('hex');
    if (installed === sha256(readFileSync(BEFORE))) return 'before';
    if (installed === sha256(readModule())) return 'upgraded';
    throw new Error(`the canister has another module: ${installed}`);
  } finally {
    await network.close();
  }
}

/** Starts the network, which upgrades the service where it was not; the records must be as they were, and new ones can be made. */
async function checkUpgraded(directory: string, records: Records): Promise<void> {
  const command = await start(directory, 0);
  try {
    const file = localNetworkFile(directory);
    const client = await clientOf(file, await identityFromPemFile(file.agent_pem));
    // A start adds the identities of the dashboard.
    const found = await recordsOf(client, records.entries.length);
    if (!isDeepStrictEqual(found, records)) throw new Error('the upgrade changed what can be read');
    await client.createAgentSession({ userId: 'after', agentType: 'Gmail' });
    await verifyAuditLog(await downloadAuditLog(client), {
      canisterId: file.canister_id,
      rootKey: new Uint8Array(Buffer.from(file.root_key, 'hex')),
    });
  } finally {
    await command.stop('SIGKILL');
  }
  if ((await moduleIn(directory)) !== 'upgraded') throw new Error('the service was not upgraded');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
