import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readModule } from '../../../src/cli/files/project.ts';
import { serveLines } from '../../../src/cli/testing/serve-lines.ts';
import { TestNetwork, type TestNetworkFacts } from '../../../src/cli/testing/test-network.ts';
import { AgentServiceClient } from '../../../src/client/index.ts';
import { identityFromPem } from '../../../src/client/node.ts';

let directory: string;
let facts: TestNetworkFacts;
let input: PassThrough;
let served: Promise<void>;
let network: TestNetwork;
const lines: string[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'test-network-'));
  network = await TestNetwork.create({ directory, module: readModule() });
  facts = network.facts;
  input = new PassThrough();
  served = serveLines(network, { input, write: (line) => lines.push(line) });
});

afterAll(async () => {
  await network.dispose();
  rmSync(directory, { recursive: true, force: true });
});

interface Answer {
  readonly id?: number;
  readonly ok?: unknown;
  readonly error?: string;
}

let last = 0;
/** The answer to a line. */
async function ask(request: object): Promise<Answer> {
  const id = ++last;
  input.write(`${JSON.stringify({ id, ...request })}\n`);
  const answer = () => lines.map((line) => JSON.parse(line) as Answer).find((line) => line.id === id);
  await vi.waitUntil(() => answer() !== undefined, { timeout: 20_000 });
  return answer() ?? {};
}

async function fork(of?: unknown): Promise<{ readonly fork: number; readonly url: string }> {
  const { ok } = await ask({ do: 'fork', fork: of });
  return ok as { fork: number; url: string };
}

async function agentAt(host: string): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host,
    canisterId: facts.canister_id,
    rootKey: new Uint8Array(Buffer.from(facts.root_key, 'hex')),
    identity: await identityFromPem(readFileSync(facts.pems.agent, 'utf8')),
  });
}

const sessionsAt = async (url: string) =>
  (await (await agentAt(url)).listSessions({ userId: 'alice' })).items.length;

describe('test-network', () => {
  it('says first what all forks have in common', () => {
    expect(JSON.parse(lines[0] ?? '')).toEqual({ ready: facts });
    expect(Object.values(facts.keys).every((key) => key.startsWith('ask_'))).toBe(true);
  });

  it('gives each fork what its origin had, and nothing of what is done elsewhere', async () => {
    const first = await fork();
    await (await agentAt(first.url)).createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    const second = await fork();
    const copy = await fork(first.fork);
    await (await agentAt(copy.url)).createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    expect(await Promise.all([first, second, copy].map(({ url }) => sessionsAt(url)))).toEqual([1, 0, 2]);
  });

  it("moves a fork's time ahead, and runs what is due", async () => {
    const { fork: id, url } = await fork();
    const before = Date.now();
    const hour = 3_600_000_000_000n;
    expect(await ask({ do: 'advance', fork: id, ns: String(hour) })).toMatchObject({ ok: {} });
    await (await agentAt(url)).createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    const [session] = (await (await agentAt(url)).listSessions({ userId: 'alice' })).items;
    expect(session?.createdAt).toBeGreaterThanOrEqual(BigInt(before) * 1_000_000n + hour);
  });

  it('starts a gateway in front of a fork for who asks, once', async () => {
    const { fork: id } = await fork();
    const [{ ok }, meanwhile] = await Promise.all([
      ask({ do: 'gateway', fork: id }),
      ask({ do: 'gateway', fork: id }),
    ]);
    expect(meanwhile).toMatchObject({ ok });
    expect(await ask({ do: 'gateway', fork: id })).toMatchObject({ ok });
    const { url } = ok as { url: string };
    const headers = { authorization: `Bearer ${facts.keys.agent}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ user_id: 'alice', agent_type: 'GitHub' });
    const { status } = await fetch(`${url}/v1/sessions`, { method: 'POST', headers, body });
    expect(status).toBe(201);
  });

  it('refuses what it cannot do in a line, and goes on', async () => {
    const { fork: id } = await fork();
    await ask({ do: 'close', fork: id });
    expect(await ask({ do: 'close', fork: id })).toMatchObject({ error: `there is no fork ${id}` });
    expect(await ask({ do: 'dance' })).toMatchObject({ error: 'nothing is called dance' });
    expect(await ask({ do: 'advance', fork: (await fork()).fork, ns: '-1' })).toMatchObject({
      error: 'time does not go back',
    });
    input.write('no JSON\n');
    expect((await fork()).fork).toBeGreaterThan(id);
  });

  it('ends when there are no more lines', async () => {
    input.end();
    await expect(served).resolves.toBeUndefined();
  });
});
