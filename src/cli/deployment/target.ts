import type { HttpAgent } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { callFailure } from '../../client/calls/agent-errors.ts';
import { INTERNET_COMPUTER } from '../../client/calls/canister-calls.ts';
import { isLoopback } from '../../client/network/loopback.ts';
import { NetworkAgent } from '../../client/network/network-agent.ts';
import { DEFAULT_TIMEOUT_MS, within } from '../../client/network/time-limit.ts';
import type { Place } from '../networks/place.ts';
import { createFromCycles } from './cycles-ledger.ts';
import { FIRST_SUBNET, ManagementCanister } from './management-canister.ts';

/** A network to deploy to. */
export interface Target {
  readonly agent: HttpAgent;
  /** Makes a canister there; `cycles` is what it gets, where cycles are paid for. */
  readonly createCanister: (cycles: bigint) => Promise<Principal>;
}

const TOPOLOGY_MS = 10_000;

/**
 * The network of a place. Its public key is the one of the place, else the Internet Computer's; only a network on this machine
 * is asked for its own, since the answer proves nothing.
 */
export async function findTarget({
  network,
  identity,
  rootKey,
}: Pick<Place, 'network' | 'identity' | 'rootKey'>): Promise<Target> {
  if (network === 'ic') {
    const agent = await NetworkAgent.connect({ host: INTERNET_COMPUTER, identity });
    return { agent, createCanister: (cycles) => createFromCycles(agent, cycles) };
  }
  const url = new URL(network);
  const shouldFetchRootKey = rootKey === undefined && isLoopback(url.hostname);
  const trust = rootKey === undefined ? { shouldFetchRootKey } : { rootKey };
  const connected = NetworkAgent.connect({ host: url.origin, identity, ...trust });
  const agent = await within(connected, DEFAULT_TIMEOUT_MS).catch((error: unknown) => {
    throw callFailure(error, { host: url.origin, timeoutMs: DEFAULT_TIMEOUT_MS, isUpdate: false });
  });
  return {
    agent,
    createCanister: async () => new ManagementCanister(agent).createProvisionally(await anIdOf(url)),
  };
}

/** An id of a subnet that takes canisters: networks by PocketIC, as dfx and icp run them, tell of one. */
async function anIdOf(host: URL): Promise<Principal> {
  const id = await defaultIdOf(host).catch(() => undefined);
  return id === undefined
    ? FIRST_SUBNET
    : Principal.fromUint8Array(new Uint8Array(Buffer.from(id, 'base64')));
}

/** Undefined where the network is none by PocketIC; what else is wrong with it, the next call tells. */
async function defaultIdOf(host: URL): Promise<string | undefined> {
  const response = await fetch(new URL('/_/topology', host), { signal: AbortSignal.timeout(TOPOLOGY_MS) });
  if (!response.ok) return undefined;
  const topology = (await response.json()) as { default_effective_canister_id?: { canister_id?: string } };
  return topology.default_effective_canister_id?.canister_id;
}
