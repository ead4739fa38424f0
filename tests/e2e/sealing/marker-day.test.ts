import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModule } from '../../../src/cli/files/project.ts';
import { readPem } from '../../../src/cli/files/read-pem.ts';
import { type NetworkFile, readNetworkFile } from '../../../src/cli/networks/network-file.ts';
import { AgentServiceClient, type SealingPolicy, type SecretLocation } from '../../../src/client/index.ts';
import { setupMcpOverHttp } from '../../gateway/support/mcp-client.ts';
import { RunningCommand } from '../support/command.ts';
import { openFolder, openServiceIn } from '../support/local-service.ts';
import { clientSecretCalls } from './callers/client-secret-calls.ts';
import { gatewayCall, jsonSecretCalls } from './callers/json-secret-calls.ts';
import { liveSecretDay } from './callers/secret-calls.ts';
import { terminalOf, terminalSecretCalls } from './callers/terminal-secret-calls.ts';
import { checkpointed, checkpointMemory } from './search/checkpoint-memory.ts';
import { keepJournal } from './search/journal-copies.ts';
import { Markers } from './search/markers.ts';
import { type Stored, storedFiles } from './search/stored-files.ts';

const markers = new Markers();
const folder = openFolder();
/** What `start` keeps. */
const directory = join(folder.path, 'agent-service');
const state = join(directory, 'state');
/** What the test gives commands to read, and so is not searched. */
const inputs = join(folder.path, 'inputs');
/** What commands write. */
const outputs = join(folder.path, 'outputs');
/** What the journal had of secrets in clear, and of sealed ones. */
const journals = { clear: join(folder.path, 'journal-clear'), sealed: join(folder.path, 'journal-sealed') };

let start: RunningCommand;
let network: NetworkFile;
let key: string;
let printed = '';
const terminal = terminalOf(directory, (output) => (printed += output));

beforeAll(async () => {
  for (const each of [directory, inputs, outputs]) mkdirSync(each);
  const ports = ['--port=0', '--gateway-port=0', '--dashboard-port=0'];
  start = new RunningCommand(['start', ...ports, '--directory', directory]);
  await start.printed('Press Ctrl-C to stop');
  const found = readNetworkFile(directory);
  if (found === undefined) throw new Error('there is no network.json');
  network = found;
  key = readFileSync(network.agent_key ?? '', 'utf8').trim();
});

afterAll(async () => {
  await start.stop();
  folder.remove();
});

/** A client that calls as the development agent. */
async function clientOf(sealing?: SealingPolicy): Promise<AgentServiceClient> {
  const { replica_url, canister_id, root_key, agent_pem } = network;
  return AgentServiceClient.create({
    host: replica_url,
    canisterId: canister_id,
    identity: (await readPem(agent_pem)).identity,
    rootKey: new Uint8Array(Buffer.from(root_key, 'hex')),
    sealing,
  });
}

/** Where secrets are found, and which or in what form. */
function found(places: Iterable<Stored>): readonly string[] {
  const lines: string[] = [];
  for (const { place, bytes } of places) {
    for (const what of markers.in(bytes)) lines.push(`${place}: ${what}`);
  }
  return lines;
}

/** All that the processes left, printed included. The journal is as it is now. */
function* everything(): Generator<Stored> {
  yield* checkpointMemory(state);
  yield* storedFiles(directory);
  yield* storedFiles(outputs);
  yield { place: 'what start printed', bytes: Buffer.from(start.output) };
  yield { place: 'what commands printed', bytes: Buffer.from(printed) };
}

/** Whose secrets they are in the day: each caller has a user. */
const USERS = ['typescript', 'http', 'manual', 'terminal', 'mcp'];

/** An answer is told for five minutes after its message expired, which has up to six. */
const ANSWERS_MS = 11 * 60_000;
const NS_PER_MS = 1_000_000n;

/** Who keeps a secret in clear. */
const EARLIER = 'earlier';

/** Places without what a snapshot has. */
function* apartFrom(snapshot: string, places: Iterable<Stored>): Generator<Stored> {
  for (const stored of places) if (!stored.place.endsWith(` of snapshot ${snapshot}`)) yield stored;
}

describe('with sealing on, after a day through every caller', () => {
  let journal: ReturnType<typeof keepJournal>;

  beforeAll(async () => {
    await terminal(['settings', 'sealing', 'require']);
    journal = keepJournal(state, journals.sealed);
    return () => journal.stop();
  });

  it('each caller gets its secrets back: the TypeScript client', async () => {
    await liveSecretDay(clientSecretCalls(await clientOf(), 'typescript'), 'typescript', markers);
  });

  it('each caller gets its secrets back: HTTP of the gateway', async () => {
    const call = gatewayCall(network.gateway_url ?? '', key);
    await liveSecretDay(jsonSecretCalls(call, 'http'), 'http', markers);
  });

  it('each caller gets its secrets back: HTTP of the gateway, sealed by the caller', async () => {
    const call = gatewayCall(network.gateway_url ?? '', key, { 'agent-service-sealing': 'manual' });
    const client = await clientOf('manual');
    const change = {
      seal: (secret: string, location: SecretLocation) => client.seal(secret, location),
      open: (secret: string, location: SecretLocation) => client.open(secret, location),
    };
    await liveSecretDay(jsonSecretCalls(call, 'manual', change), 'manual', markers);
  });

  it('each caller gets its secrets back: the terminal', async () => {
    await liveSecretDay(terminalSecretCalls(terminal, { userId: 'terminal', inputs }), 'terminal', markers);
  });

  it('a model sees none over MCP', async () => {
    const calls = clientSecretCalls(await clientOf(), 'mcp');
    const session = await liveSecretDay(calls, 'mcp', markers);
    const mcp = await setupMcpOverHttp(network.gateway_url ?? '', key);
    const shown = JSON.stringify([
      await mcp.callTool({ name: 'get_agent_session', arguments: { session_id: session } }),
      await mcp.callTool({ name: 'list_sessions', arguments: { user_id: 'mcp' } }),
      await mcp.callTool({ name: 'list_activities', arguments: { user_id: 'mcp' } }),
    ]);
    expect(shown).toContain(session);
    expect(markers.in(Buffer.from(shown))).toEqual([]);
    expect(shown).not.toContain('agent-service-sealed');
  });

  it('no secret is in heap, stable memory, checkpoint, journal, snapshot, export, audit log, files or output', async () => {
    await terminal(['snapshots', 'take']);
    for (const user of USERS) {
      await terminal(['export', user, '--output', join(outputs, `${user}.json`)]);
    }
    await terminal(['audit-log', '--output', join(outputs, 'audit.log')]);
    await checkpointed(state);
    journal.stop();
    expect(found(everything())).toEqual([]);
    const kept = [...storedFiles(journals.sealed)];
    expect(found(kept)).toEqual([]);
    // The files of the whole day are there.
    const text = Buffer.concat(kept.map(({ bytes }) => bytes)).toString('latin1');
    for (const user of USERS) expect(text).toContain(user);
  });
});

describe('secrets that were stored in clear', () => {
  let before = '';

  beforeAll(async () => {
    await terminal(['settings', 'sealing', 'accept']);
    const kept = keepJournal(state, journals.clear);
    const client = await clientOf('manual');
    const of = { userId: EARLIER, agentType: 'GitHub' } as const;
    for (const account of [undefined, 'work']) {
      const { token, grant } = markers.secrets(EARLIER);
      await client.storeCredentials({ ...of, account, token, tokenData: grant, projectIds: [] });
    }
    await client.createSession({ ...of, token: markers.secret('earlier-session') });
    before = (await terminal(['snapshots', 'take'])).trimEnd();
    kept.stop();
    await checkpointed(state);
  });

  it('are found where the search looks: in memory, checkpoint, journal and snapshot', () => {
    const places = found(everything()).map((line) => line.replace(/:.*|(?<=blobs.).*/, ''));
    expect(new Set(places)).toEqual(
      new Set([
        'heap',
        'stable memory',
        `heap of snapshot ${before}`,
        `stable memory of snapshot ${before}`,
        'state/blobs/',
      ]),
    );
    expect(found(storedFiles(journals.clear))).not.toEqual([]);
  });

  it('are after "seal --all" and an upgrade in older copies alone', async () => {
    await terminal(['seal', '--all']);
    await terminal(['deploy', '--force']);
    const after = (await terminal(['snapshots', 'take'])).trimEnd();
    await checkpointed(state);
    const memory = [...checkpointMemory(state)];
    expect(memory.map(({ place }) => place)).toContain(`heap of snapshot ${after}`);
    expect(found(memory)).not.toEqual([]);
    expect(found(apartFrom(before, memory))).toEqual([]);

    await terminal(['snapshots', 'delete', before, '--yes']);
    await start.stop();
    // The network tells answers for some minutes: those with what "seal" read are in its state as long.
    const later = await openServiceIn(
      directory,
      readModule(),
      () => BigInt(Date.now() + ANSWERS_MS) * NS_PER_MS,
    );
    await later.close();
    expect(found(everything())).toEqual([]);
  });
});
