import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkFile } from '../src/cli/networks/network-file.ts';
import { AgentServiceClient } from '../src/client/index.ts';
import { identityFromPemFile } from '../src/client/node.ts';
import { GITHUB, raiseRates } from '../tests/canister/support/records.ts';
import {
  AGENT,
  encodeArgs,
  encodeInit,
  OWNER,
  START,
  WasmCanister,
} from '../tests/canister/support/wasm-canister.ts';
import { RunningCommand } from '../tests/e2e/support/command.ts';
import { BareCanister } from './bare-canister.ts';
import { BUILT } from './fill.ts';

/** How long calls take through @dfinity/agent, as multiples of what the canister's bare code takes for the same call. */
export interface ClientCalls {
  readonly call: string;
  /** So many calls are under way at any time. */
  readonly callers: number;
  readonly p50_ratio: number;
  readonly p99_ratio: number;
  readonly calls_per_second: number;
}

/** All that is timed in one run, on one machine: the ratios say something elsewhere, the ms and calls a second don't. */
export interface WallClock {
  readonly bare_update_ms: number;
  readonly bare_query_ms: number;
  /** The same update and query through the embedded network in this process, without HTTP. */
  readonly network_update_ratio: number;
  readonly network_query_ratio: number;
  readonly clients: readonly ClientCalls[];
  /** Of `npm start` in an empty folder: from the command to the network's answers, with the service deployed to it. */
  readonly first_start_ms: number;
  /** The same in a folder that has all that. */
  readonly next_start_ms: number;
}

const UPDATE = 'store_agent_interaction';
const QUERY = 'get_agent_status';
const USER = 'user-1';
const MESSAGE = 'm'.repeat(100);
const RESPONSE = 'r'.repeat(300);

/** Calls for each number of callers. */
const CALLERS: readonly (readonly [callers: number, calls: number])[] = [
  [1, 60],
  [8, 200],
  [64, 320],
];
const ROUNDS = 21;
const CALLS_A_ROUND = 20;
const MILLISECOND = 1_000_000n;

export async function measureWallClock(): Promise<WallClock> {
  const bench = await inProcess();
  const folder = mkdtempSync(join(tmpdir(), 'agent-service-bench-'));
  try {
    const first = await start(folder);
    const clients = await measureClients(folder, bench);
    await first.command.stop();
    const next = await start(folder);
    await next.command.stop();
    return { ...bench, clients, first_start_ms: first.ms, next_start_ms: next.ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type InProcess = Omit<WallClock, 'clients' | 'first_start_ms' | 'next_start_ms'>;

/** The bare code and the network take turns, so that neither has the quieter machine. */
async function inProcess(): Promise<InProcess> {
  const bare = new BareCanister({
    module: new Uint8Array(readFileSync(BUILT)),
    id: new Uint8Array(10).fill(1),
    caller: AGENT.toUint8Array(),
    time: START,
    // Below every rate.
    step: 1000n * MILLISECOND,
  });
  bare.run('I', 'canister_init', encodeInit({ owner: [OWNER], agents: [[AGENT]] }));
  const canister = await WasmCanister.install();
  try {
    await raiseRates(canister);
    const store = encodeArgs(UPDATE, [USER, GITHUB, MESSAGE, RESPONSE, true, []]);
    const status = encodeArgs(QUERY, [USER]);
    const best = await bestOf({
      bareUpdate: () => bare.run('U', `canister_update ${UPDATE}`, store),
      bareQuery: () => bare.run('NRQ', `canister_query ${QUERY}`, status),
      update: () => canister.rawCall(UPDATE, store),
      query: () => canister.rawQuery(QUERY, status),
    });
    return {
      bare_update_ms: round(best.bareUpdate, 3),
      bare_query_ms: round(best.bareQuery, 3),
      network_update_ratio: round(best.update / best.bareUpdate, 2),
      network_query_ratio: round(best.query / best.bareQuery, 2),
    };
  } finally {
    await canister.close();
  }
}

/** The ms of each in its best round: what else the machine does only ever adds to it. */
async function bestOf<N extends string>(
  works: Readonly<Record<N, () => unknown>>,
): Promise<Record<N, number>> {
  const best = new Map<string, number>();
  for (let at = 0; at < ROUNDS; at++) {
    for (const [name, work] of Object.entries<() => unknown>(works)) {
      const begin = performance.now();
      for (let call = 0; call < CALLS_A_ROUND; call++) await work();
      const ms = (performance.now() - begin) / CALLS_A_ROUND;
      best.set(name, Math.min(best.get(name) ?? ms, ms));
    }
  }
  // It has the names of `works`, which is more than the type of entries says.
  return Object.fromEntries(best) as Record<N, number>;
}

async function start(directory: string): Promise<{ command: RunningCommand; ms: number }> {
  const begin = performance.now();
  const command = new RunningCommand(['start', '--directory', directory, '--port', '0']);
  await command.printed('Press Ctrl-C to stop');
  return { command, ms: Math.round(performance.now() - begin) };
}

async function measureClients(
  folder: string,
  { bare_update_ms, bare_query_ms }: InProcess,
): Promise<readonly ClientCalls[]> {
  const file = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as NetworkFile;
  const [admin, agent] = await Promise.all([clientOf(file, file.admin_pem), clientOf(file, file.agent_pem)]);
  await admin.updateSettings({ limits: { callerBurst: 1_000_000n, userBurst: 1_000_000n } });
  const store = () =>
    agent.storeAgentInteraction({
      userId: USER,
      agentType: 'GitHub',
      message: MESSAGE,
      response: RESPONSE,
      success: true,
    });
  const status = () => agent.getAgentStatus(USER);
  const measured: ClientCalls[] = [];
  for (const [callers, calls] of CALLERS) {
    console.log(`calling through @dfinity/agent, ${callers} at a time …`);
    measured.push(await timeCalls(UPDATE, store, { callers, calls, bare: bare_update_ms }));
    measured.push(await timeCalls(QUERY, status, { callers, calls, bare: bare_query_ms }));
  }
  return measured;
}

async function clientOf(file: NetworkFile, pem: string): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: file.replica_url,
    canisterId: file.canister_id,
    identity: await identityFromPemFile(pem),
    rootKey: new Uint8Array(Buffer.from(file.root_key, 'hex')),
  });
}

async function timeCalls(
  call: string,
  work: () => Promise<unknown>,
  { callers, calls, bare }: { readonly callers: number; readonly calls: number; readonly bare: number },
): Promise<ClientCalls> {
  const times: number[] = [];
  let left = calls;
  const caller = async () => {
    while (left-- > 0) {
      const begin = performance.now();
      await work();
      times.push(performance.now() - begin);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begin) / 1000;
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
  return {
    call,
    callers,
    p50_ratio: round(at(0.5) / bare, 1),
    p99_ratio: round(at(0.99) / bare, 1),
    calls_per_second: round(calls / seconds, 1),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
