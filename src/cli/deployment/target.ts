import type { HttpAgent } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { notReached } from '../../client/agent-errors.ts';
import { INTERNET_COMPUTER } from '../../client/canister-calls.ts';
import { NetworkAgent } from '../../client/network/network-agent.ts';
import { CommandError } from '../command-error.ts';
import { createFromCycles } from './cycles-ledger.ts';
import { FIRST_SUBNET, ManagementCanister } from './management-canister.ts';
import type { Place } from './place.ts';

/** A network to deploy to. */
export interface Target {
  readonly agent: HttpAgent;
  /** Makes a canister there; `cycles` is what it gets, where cycles are paid for. */
  readonly createCanister: (cycles: bigint) => Promise<Principal>;
}

const THIS_MACHINE = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

/**
 * The network of a place. Its public key is the one of the place, else the Internet Computer's; only a network on this machine
 * is asked for its own, since the answer proves nothing.
 */
export async function findTarget({ network, identity, rootKey }: Place): Promise<Target> {
  if (network === 'ic') {
    const agent = await NetworkAgent.connect({ host: INTERNET_COMPUTER, identity });
    return { agent, createCanister: (cycles) => createFromCycles(agent, cycles) };
  }
  const url = new URL(network);
  const shouldFetchRootKey = rootKey === undefined && THIS_MACHINE.test(url.hostname);
  const trust = rootKey === undefined ? { shouldFetchRootKey } : { rootKey };
  const agent = await NetworkAgent.connect({ host: url.origin, identity, ...trust }).catch(
    (cause: unknown) => {
      throw new CommandError(notReached(url.origin), { cause });
    },
  );
  return {
    agent,
    createCanister: async () => new ManagementCanister(agent).createProvisionally(await anIdOf(url)),
  };
}

/** An id of a subnet that takes canisters: networks by PocketIC, as dfx and icp run them, tell of one. */
async function anIdOf(host: URL): Promise<Principal> {
  const response = await fetch(new URL('/_/topology', host));
  if (!response.ok) return FIRST_SUBNET;
  const topology = (await response.json()) as { default_effective_canister_id?: { canister_id?: string } };
  const id = topology.default_effective_canister_id?.canister_id;
  return id === undefined
    ? FIRST_SUBNET
    : Principal.fromUint8Array(new Uint8Array(Buffer.from(id, 'base64')));
}
