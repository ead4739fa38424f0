import { Random } from '../support/random.ts';
import { strangersCalls } from './call-target.ts';
import { Finding, type FuzzTarget } from './finding.ts';
import { FuzzedNetwork } from './fuzzed-network.ts';
import { cborBodies, envelopes, gatewayRequests, queries, readStatePaths } from './http-targets.ts';
import { modules } from './module-target.ts';

/** What is run, and from where. */
export interface FuzzOptions {
  readonly inputs: number;
  /** The same seed makes the same inputs. */
  readonly seed: number;
  /** The number of the first input: to repeat the one that a finding names. */
  readonly from?: number;
  /** Told now and then how many inputs were run. */
  readonly onProgress?: (done: number) => void;
}

/** How many inputs of each kind were answered in which way: "kind: answer" to a number. */
export type FuzzSummary = ReadonlyMap<string, number>;

const PROGRESS_INPUTS = 5_000;

/**
 * Has hostile inputs handled by a network's HTTP interface, management canister and module loader. Throws a Finding where
 * one is not answered as it should be, or where the inputs left a trace: what only reads or is refused leaves the certified
 * root hash as it was, and a stranger's calls leave the canisters as they were.
 */
export async function runFuzz({ inputs, seed, from = 0, onProgress }: FuzzOptions): Promise<FuzzSummary> {
  const [read, called] = [await FuzzedNetwork.open(), await FuzzedNetwork.open()];
  const networks: FuzzedNetworks = { read, called, installed: await FuzzedNetwork.open() };
  const summary = new Map<string, number>();
  try {
    const targets: readonly [FuzzTarget, ...FuzzTarget[]] = [
      await envelopes(read),
      cborBodies(read),
      readStatePaths(read),
      queries(read),
      gatewayRequests(read),
      strangersCalls(called),
      modules(networks.installed),
      modules(networks.installed),
    ];
    const before = await stateOf(networks);
    for (let input = from; input < from + inputs; input++) {
      const random = new Random(Math.imul(seed, 2_654_435_761) ^ Math.imul(input, 40_503));
      // A generator of this kind begins much alike for seeds that are alike.
      for (let i = 0; i < 8; i++) random.below(2);
      const target = random.pick(targets);
      try {
        const word = `${target.name}: ${await target.run(random)}`;
        summary.set(word, (summary.get(word) ?? 0) + 1);
      } catch (error) {
        throw new Error(`Input ${input} of seed ${seed} (${target.name})`, { cause: error });
      }
      if ((input + 1) % PROGRESS_INPUTS === 0) onProgress?.(input + 1 - from);
    }
    const after = await stateOf(networks);
    if (after !== before) throw new Finding('the inputs changed the state', `${before} became ${after}`);
    return new Map([...summary].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  } finally {
    for (const network of [read, called, networks.installed]) await network.close();
  }
}

interface FuzzedNetworks {
  readonly read: FuzzedNetwork;
  readonly called: FuzzedNetwork;
  /** Its canister pays for what its controller tries to install. */
  readonly installed: FuzzedNetwork;
}

async function stateOf({ read, called, installed }: FuzzedNetworks): Promise<string> {
  const digests = [
    read.canistersDigest(),
    called.canistersDigest(),
    installed.canistersDigest('without cycles'),
  ];
  return [await read.rootHash(), ...digests].join(' ');
}
