import { HttpAgent, type Identity } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { CommandError } from '../command-error.ts';
import { createFromCycles } from './cycles-ledger.ts';
import { ManagementCanister } from './management-canister.ts';

/** A network to deploy to. */
export interface Target {
  /** What it is called in canister_ids.json. */
  readonly name: string;
  readonly agent: HttpAgent;
  /** Makes a canister there; `cycles` is what it gets, where cycles are paid for. */
  readonly createCanister: (cycles: bigint) => Promise<Principal>;
}

const INTERNET_COMPUTER = 'https://icp-api.io';
/** An id of the first subnet of networks for tests that do not tell of one. */
const NEAR = 'rwlgt-iiaaa-aaaaa-aaaaa-cai';

/**
 * The network of that name: `ic`, or the URL of any other. `rootKey` is that network's public key, DER; without it the key
 * is fetched from the network itself, which is for networks for tests only.
 */
export async function findTarget(
  network: string,
  identity: Identity,
  rootKey: Uint8Array | undefined,
): Promise<Target> {
  if (network === 'ic') {
    const agent = await HttpAgent.create({ host: INTERNET_COMPUTER, identity });
    return { name: 'ic', agent, createCanister: (cycles) => createFromCycles(agent, cycles) };
  }
  const host = checkUrl(network);
  const trust = rootKey === undefined ? { shouldFetchRootKey: true } : { rootKey };
  const agent = await HttpAgent.create({ host, identity, ...trust }).catch((cause: unknown) => {
    throw new CommandError(`No network answers at ${host}.`, { cause });
  });
  return {
    name: host,
    agent,
    createCanister: async () => new ManagementCanister(agent).createProvisionally(await anIdOf(host)),
  };
}

function checkUrl(text: string): string {
  try {
    return new URL(text).origin;
  } catch (cause) {
    throw new CommandError(`"${text}" is neither ic, local nor the URL of a network.`, { cause });
  }
}

/** An id of a subnet that takes canisters: networks by PocketIC, as dfx and icp run them, tell of one. */
async function anIdOf(host: string): Promise<Principal> {
  const response = await fetch(new URL('/_/topology', host));
  if (!response.ok) return Principal.fromText(NEAR);
  const topology = (await response.json()) as { default_effective_canister_id?: { canister_id?: string } };
  const id = topology.default_effective_canister_id?.canister_id;
  return id === undefined
    ? Principal.fromText(NEAR)
    : Principal.fromUint8Array(new Uint8Array(Buffer.from(id, 'base64')));
}
