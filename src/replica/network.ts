import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { CertifiedState } from './certification/certified-state.ts';
import {
  createNetworkKeys,
  createNetworkSeeds,
  type NetworkKeys,
  type NetworkSeeds,
} from './certification/network-keys.ts';
import { StateTree } from './certification/state-tree.ts';
import type { ExecutionReport } from './execution/world.ts';
import { createHttpInterface } from './http/http-interface.ts';
import type { Canister } from './state/canister.ts';
import { copyCanister } from './state/canister-copy.ts';
import { CANISTER_RANGES } from './state/canister-ids.ts';
import { CheckpointDirectory } from './state/checkpoint/checkpoint.ts';
import { CheckpointTimer } from './state/checkpoint/checkpoint-timer.ts';
import { LocalSubnet, type SubnetImage } from './subnet/local-subnet.ts';
import { NetworkClock, wallClock } from './subnet/network-clock.ts';

/** How a network is opened. */
export interface NetworkOptions {
  /** Where its state is kept over restarts; without it nothing touches the disk. */
  readonly directory?: string;
  /**
   * ns since 1970: the network's time stands there until it is advanced. Without it the time is the machine's.
   */
  readonly manualTime?: bigint;
  /** Told of every execution: its instructions and cycles. */
  readonly onExecuted?: (report: ExecutionReport) => void;
}

/** Where a network listens. */
export interface ListenOptions {
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** 0 for any that is free. */
  readonly port: number;
}

interface SavedNetwork {
  readonly seeds: NetworkSeeds;
  readonly subnet: SubnetImage | undefined;
}

/** A network at a moment between two messages. Never changes. */
export interface NetworkSnapshot {
  readonly keys: NetworkKeys;
  readonly subnet: SubnetImage;
  readonly canisters: readonly Canister[];
}

/**
 * A local Internet Computer: one subnet that runs canisters in this process, and the HTTP interface in front of it.
 * `open` it, `listen`, and `close` it, which saves its state.
 */
export class Network {
  readonly subnet: LocalSubnet;
  readonly #keys: NetworkKeys;
  readonly #state: CertifiedState;
  readonly #clock: NetworkClock;
  readonly #checkpoints: CheckpointTimer | undefined;
  #server: FastifyInstance | undefined;

  /**
   * Opens a network, and goes on with the state that is in its directory. Rejects with a `StateDirectoryError` where
   * that is in use, damaged or of a newer version.
   */
  static async open(options: NetworkOptions = {}): Promise<Network> {
    const { directory } = options;
    if (directory === undefined) return new Network(options);
    const checkpoint = new CheckpointDirectory<SavedNetwork>(directory);
    try {
      return new Network(options, checkpoint);
    } catch (error) {
      checkpoint.release();
      throw error;
    }
  }

  /** A network of its own that goes on from a snapshot, in memory; its time stands there until it is advanced. */
  static restore(snapshot: NetworkSnapshot, options: Pick<NetworkOptions, 'onExecuted'> = {}): Network {
    return new Network({ ...options, manualTime: snapshot.subnet.time }, undefined, snapshot);
  }

  private constructor(
    options: NetworkOptions,
    checkpoint?: CheckpointDirectory<SavedNetwork>,
    snapshot?: NetworkSnapshot,
  ) {
    const { manualTime, onExecuted } = options;
    const saved = checkpoint?.load();
    const seeds = saved?.rest.seeds ?? createNetworkSeeds(secretBytes);
    this.#keys = snapshot?.keys ?? createNetworkKeys(seeds);
    const image = snapshot === undefined ? saved?.rest.subnet : structuredClone(snapshot.subnet);
    const earliest = image?.time ?? 0n;
    this.#clock = new NetworkClock(
      manualTime === undefined ? wallClock : () => 0n,
      manualTime === undefined || earliest > manualTime ? earliest : manualTime,
    );
    const tree = new StateTree({
      keys: this.#keys,
      type: 'application',
      canisterRanges: CANISTER_RANGES,
    });
    this.#state = tree;
    this.subnet = new LocalSubnet({
      id: this.#keys.subnetId,
      rootKey: this.rootKey,
      clock: this.#clock,
      random: secretBytes,
      state: tree,
      image,
      canisters: snapshot?.canisters.map(copyCanister) ?? saved?.canisters,
      onChange: () => this.#checkpoints?.noteChange(),
      onExecuted,
    });
    if (checkpoint === undefined) return;
    const save = () =>
      checkpoint.save({
        canisters: [...this.subnet.canisters],
        rest: { seeds, subnet: this.subnet.image() },
      });
    this.#checkpoints = new CheckpointTimer(save, () => checkpoint.release());
    // The keys have to last from the first moment: clients may have pinned them by the next.
    if (saved === undefined) save();
  }

  /** The network's public key, DER; what clients verify certificates with. */
  get rootKey(): Uint8Array {
    return this.#keys.root.publicKeyDer;
  }

  /** ns since 1970. */
  now(): bigint {
    return this.#clock.now();
  }

  /** Moves the time ahead by so many ns, and lets what is due run. */
  async advanceTime(ns: bigint): Promise<void> {
    this.#clock.advance(ns);
    this.#checkpoints?.noteChange();
    this.subnet.wake();
    await this.subnet.idle();
  }

  /** What the network is now, between two messages; what is large is shared with it until it changes. */
  snapshot(): NetworkSnapshot {
    return {
      keys: this.#keys,
      subnet: structuredClone(this.subnet.image()),
      canisters: [...this.subnet.canisters].map(copyCanister),
    };
  }

  /** Listens; resolves with the URL. Rejects as Node does where the port is taken. */
  async listen({ host = '127.0.0.1', port }: ListenOptions): Promise<string> {
    const server = createHttpInterface({
      subnet: this.subnet,
      state: this.#freshState(),
      keys: this.#keys,
      clock: () => this.now(),
    });
    await server.listen({ host, port });
    this.#server = server;
    const address = server.server.address();
    return `http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`;
  }

  /** Stops listening and executing, and saves the state. */
  async close(): Promise<void> {
    await this.#server?.close();
    this.subnet.close();
    this.#checkpoints?.close();
  }

  /** Certificates with the time at which they are asked for, also when nothing was executed since long. */
  #freshState(): CertifiedState {
    const tree = this.#state;
    const refresh = () => this.subnet.refresh();
    return {
      setTime: (time) => tree.setTime(time),
      setMetrics: (metrics) => tree.setMetrics(metrics),
      setCanister: (id, entry) => tree.setCanister(id, entry),
      removeCanister: (id) => tree.removeCanister(id),
      setRequestStatus: (id, status) => tree.setRequestStatus(id, status),
      removeRequestStatus: (id) => tree.removeRequestStatus(id),
      certificate: (paths) => {
        refresh();
        return tree.certificate(paths);
      },
    };
  }
}

function secretBytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}
