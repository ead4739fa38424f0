import type { Principal } from '@dfinity/principal';
import { RefusalError } from '../../client/errors.ts';
import { MemoryNetwork } from '../../replica/testing.ts';
import { encodeInitArgument } from '../deployment/init-argument.ts';
import { inventedPrincipal, userNames } from './cast.ts';
import { demoPlan } from './demo-plan.ts';
import { callInMemory } from './memory-caller.ts';
import { DAY, type Step } from './plan.ts';

/** What a demo is made of. */
export interface DemoOptions {
  readonly users: number;
  readonly days: number;
  readonly seed: number;
  /** When it ends, ns since 1970. */
  readonly end: bigint;
  /** The service's module. */
  readonly module: Uint8Array;
  /** Who controls the service and calls it, by name: `admin` and `agent`, and owners of users who have a key. */
  readonly cast: ReadonlyMap<string, Principal>;
}

/** A network with the data of a demo. */
export interface Demo {
  readonly network: MemoryNetwork;
  readonly canisterId: Principal;
  readonly users: readonly string[];
  /** How many calls of each method were done. */
  readonly done: ReadonlyMap<string, number>;
  /** How many were refused, as the story has it. */
  readonly refused: number;
}

/** Makes a network whose time begins days ago, and plays the demo on it up to its end. The same options make the same records. */
export async function fillNetwork(options: DemoOptions): Promise<Demo> {
  const { days, seed, end, module, cast } = options;
  const start = end - BigInt(days) * DAY;
  const principalOf = (name: string) => cast.get(name) ?? inventedPrincipal(name);
  const network = await MemoryNetwork.create({ time: start });
  const canisterId = await network.install({
    module,
    arg: encodeInitArgument({ agents: [principalOf('agent')] }),
    sender: principalOf('admin'),
  });
  const users = userNames(options.users);
  const scene = { start, end, principalOf: (name: string) => principalOf(name).toText() };
  const answers = new Map<string, unknown>();
  const done = new Map<string, number>();
  let refused = 0;
  for (const step of demoPlan(users, scene, seed)) {
    await network.advanceTime(step.at - network.now());
    const { by, method, label } = step;
    const values = typeof step.values === 'function' ? step.values(answers) : step.values;
    try {
      const answer = await callInMemory(network, canisterId, { sender: principalOf(by), method, values });
      if (label !== undefined) answers.set(label, answer);
      done.set(method, (done.get(method) ?? 0) + 1);
    } catch (error) {
      if (!isExpected(error, step)) throw error;
      refused += 1;
    }
  }
  await network.advanceTime(end - network.now());
  return { network, canisterId, users, done, refused };
}

function isExpected(error: unknown, { mayBe }: Step): boolean {
  return error instanceof RefusalError && error.kind === mayBe;
}
