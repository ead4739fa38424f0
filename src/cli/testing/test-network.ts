import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../gateway/gateway.ts';
import { Network } from '../../replica/network.ts';
import { MemoryNetwork } from '../../replica/testing.ts';
import { encodeInitArgument } from '../deployment/init-argument.ts';
import { keysIn } from '../gateway/api-keys.ts';
import { developmentIdentities, type Role } from '../networks/development-identities.ts';

/** What a test needs to know of every fork: all of them are copies of one network. */
export interface TestNetworkFacts {
  /** DER in hex. */
  readonly root_key: string;
  readonly canister_id: string;
  /** By role, the file of an identity's key. */
  readonly pems: Readonly<Record<Role, string>>;
  /** By role, the API key for the gateway of any fork. */
  readonly keys: Readonly<Record<Role, string>>;
}

/** Where a fork answers. */
export interface ForkPlace {
  readonly fork: number;
  readonly url: string;
}

interface Fork {
  readonly network: Network;
  readonly url: string;
  gateway?: Promise<OpenGateway> | undefined;
}

interface OpenGateway {
  readonly url: string;
  close(): Promise<unknown>;
}

const NS_PER_MS = 1_000_000n;
const wallClock = () => BigInt(Date.now()) * NS_PER_MS;

/** A network in memory with the service on it, and forks of it that tests change as they like. A fork's time follows the machine's clock. */
export class TestNetwork {
  readonly facts: TestNetworkFacts;
  readonly #keysDirectory: string;
  readonly #base: MemoryNetwork;
  readonly #forks = new Map<number, Fork>();
  #last = 0;

  private constructor(base: MemoryNetwork, facts: TestNetworkFacts, keysDirectory: string) {
    this.#base = base;
    this.facts = facts;
    this.#keysDirectory = keysDirectory;
  }

  /** Deploys the service to a new network as the admin, with the agent registered. The folder gets the identities and their API keys. */
  static async create({
    directory,
    module,
  }: {
    readonly directory: string;
    readonly module: Uint8Array;
  }): Promise<TestNetwork> {
    const { admin, agent, user } = await developmentIdentities(join(directory, 'identities'));
    const base = await MemoryNetwork.create({ time: wallClock() });
    const canisterId = await base.install({
      module,
      arg: encodeInitArgument({ agents: [agent.identity.getPrincipal()] }),
      sender: admin.identity.getPrincipal(),
    });
    const pems = { admin: admin.path, agent: agent.path, user: user.path };
    const store = keysIn(directory);
    const keyOf = async (role: Role) =>
      (await store.create({ name: `the ${role} of tests`, pem: readFileSync(pems[role], 'utf8') })).key;
    const keys = { admin: await keyOf('admin'), agent: await keyOf('agent'), user: await keyOf('user') };
    const facts = {
      root_key: Buffer.from(base.network.rootKey).toString('hex'),
      canister_id: canisterId.toText(),
      pems,
      keys,
    };
    return new TestNetwork(base, facts, directory);
  }

  /** A copy of the network as it was deployed, or of another fork as that is now, on a port of its own. Throws a RangeError for no fork. */
  async fork(of?: number): Promise<ForkPlace> {
    const source = of === undefined ? this.#base : this.#find(of).network;
    const network = Network.restore(source.snapshot(), { clock: wallClock });
    const url = await network.listen({ port: 0 });
    const fork = ++this.#last;
    this.#forks.set(fork, { network, url });
    return { fork, url };
  }

  /** The URL of a gateway in front of a fork, which is started for the first who asks. Throws a RangeError for no fork. */
  async gateway(id: number): Promise<string> {
    const fork = this.#find(id);
    if (fork.gateway !== undefined) return (await fork.gateway).url;
    // Kept before it is there: whoever asks meanwhile waits for the same one.
    const opened = this.#openGateway(fork);
    fork.gateway = opened;
    opened.catch(() => {
      fork.gateway = undefined;
    });
    return (await opened).url;
  }

  /** Moves a fork's time ahead by so many ns; resolves when what is due by then has run. Throws a RangeError for no fork. */
  async advance(id: number, ns: bigint): Promise<void> {
    await this.#find(id).network.advanceTime(ns);
  }

  /** Ends a fork, and forgets what it held. Throws a RangeError for no fork. */
  async close(id: number): Promise<void> {
    const { gateway, network } = this.#find(id);
    this.#forks.delete(id);
    await (await gateway)?.close();
    await network.close();
  }

  /** Ends it, and all forks. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#forks.keys()].map((id) => this.close(id)));
    await this.#base.dispose();
  }

  async #openGateway({ url: host, network }: Fork): Promise<OpenGateway> {
    const app = await createGateway({
      keys: keysIn(this.#keysDirectory),
      host,
      canisterId: this.facts.canister_id,
      rootKey: network.rootKey,
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return { url, close: () => app.close() };
  }

  #find(id: number): Fork {
    const fork = this.#forks.get(id);
    if (fork === undefined) throw new RangeError(`there is no fork ${id}`);
    return fork;
  }
}
