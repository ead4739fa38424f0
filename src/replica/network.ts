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
import { ChainKeys } from './chain-keys/chain-keys.ts';
import type { ExecutionReport } from './execution/world.ts';
import { createHttpInterface } from './http/http-interface.ts';
import { RecoveredEntries, type Recovery } from './recovery.ts';
import type { Canister } from './state/canister.ts';
import { copyCanister } from './state/canister-copy.ts';
import { CANISTER_RANGES } from './state/canister-ids.ts';
import { CheckpointTimer } from './state-folder/checkpoint/checkpoint-timer.ts';
import {
  aboutDirectory,
  diverged,
  isSystemError,
  StateDirectoryError,
} from './state-folder/checkpoint/state-directory-error.ts';
import { WriteHealth } from './state-folder/checkpoint/write-health.ts';
import { type SavedState, StateDirectory } from './state-folder/state-directory.ts';
import type { BatchJournal } from './subnet/intake.ts';
import { LocalSubnet } from './subnet/local-subnet.ts';
import { NetworkClock, wallClock } from './subnet/network-clock.ts';
import type { JournalEntry } from './subnet/round/batch.ts';
import type { SubnetImage } from './subnet/subnet-image.ts';
import type { HostCallObserver } from './system-api/execution-state.ts';

/** How a network is opened. */
export interface NetworkOptions {
  /** Where its state is kept over restarts; without it nothing touches the disk. */
  readonly directory?: string;
  /**
   * ns since 1970: the network's time stands there until it is advanced. Without it the time is the machine's.
   */
  readonly manualTime?: bigint;
  /** The machine's clock, in ns since 1970, which the time follows and never goes back with; for tests of a wrong one. */
  readonly clock?: (() => bigint) | undefined;
  /** Secret random bytes; the machine's unless told. */
  readonly random?: (length: number) => Uint8Array;
  /** Told in a sentence when its state cannot be written any more, and when it can again; prints it as an error unless told. */
  readonly onTrouble?: (message: string) => void;
  /** The subnet's admins, as raw principals; none unless told. */
  readonly subnetAdmins?: readonly Uint8Array[];
  /** Told of every execution: its instructions and cycles. */
  readonly onExecuted?: (report: ExecutionReport) => void;
  /** For tests of what a trap leaves: told of each call of a host function; why it traps, or undefined to let it be. */
  readonly onHostCall?: HostCallObserver;
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

type NetworkDirectory = StateDirectory<SavedNetwork, JournalEntry>;
/** A network at a moment between two messages. Never changes. */
export interface NetworkSnapshot {
  readonly keys: NetworkKeys;
  readonly subnet: SubnetImage;
  readonly canisters: readonly Canister[];
}

/** What a network goes on from; a new one from neither. */
interface Start {
  readonly folder?: NetworkDirectory;
  readonly snapshot?: NetworkSnapshot;
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
  /** What opening it brought back; undefined where it has no directory. */
  readonly recovery: Recovery | undefined;

  /**
   * Opens a network, and goes on with the state that is in its directory. Rejects with a `StateDirectoryError` where
   * that is in use, damaged or of a newer version.
   */
  static async open(options: NetworkOptions = {}): Promise<Network> {
    const { directory } = options;
    if (directory === undefined) return new Network(options);
    const folder: NetworkDirectory = new StateDirectory(directory);
    try {
      return new Network(options, { folder });
    } catch (error) {
      folder.release();
      throw aboutDirectory(error, directory);
    }
  }

  /**
   * A network of its own that goes on from a snapshot, in memory. Its time stands there until it is advanced, or follows the clock that is given from there on.
   */
  static restore(
    snapshot: NetworkSnapshot,
    options: Pick<NetworkOptions, 'clock' | 'onExecuted' | 'onHostCall'> = {},
  ): Network {
    const time = options.clock === undefined ? { manualTime: snapshot.subnet.time } : {};
    return new Network({ ...options, ...time }, { snapshot });
  }

  private constructor(options: NetworkOptions, { folder, snapshot }: Start = {}) {
    const {
      directory = '',
      manualTime,
      clock = wallClock,
      subnetAdmins,
      onExecuted,
      onHostCall,
      random = secretBytes,
      onTrouble = console.error,
    } = options;
    const saved = folder?.load();
    const { seeds = createNetworkSeeds(random), subnet } = saved?.snapshot?.rest ?? {};
    this.#keys = snapshot?.keys ?? createNetworkKeys(seeds);
    const image = snapshot === undefined ? subnet : structuredClone(snapshot.subnet);
    this.#clock =
      manualTime === undefined ? new NetworkClock(clock) : new NetworkClock(() => 0n, { time: manualTime });
    if (image !== undefined) this.#clock.goOn(image);
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
      subnetAdmins,
      chainKeys: new ChainKeys(this.#keys.seeds.root),
      random,
      state: tree,
      image,
      canisters: snapshot?.canisters.map(copyCanister) ?? saved?.snapshot?.canisters,
      journal: folder && healthyJournal(folder, directory, onTrouble),
      onChange: () => this.#checkpoints?.noteChange(),
      onExecuted,
      onHostCall,
    });
    if (folder === undefined || saved === undefined) return;
    const save = () => folder.save(this.#saved());
    this.recovery = this.#recover(saved, directory);
    // The keys have to last from the first moment: clients may have pinned them by the next.
    if (saved.snapshot === undefined) save();
    const health = new WriteHealth(onTrouble, {
      failing: (reason) =>
        `No checkpoint can be written to ${directory} (${reason}). Nothing is lost: the journal there has what came since the last one.`,
      well: `A checkpoint was written to ${directory} again.`,
    });
    this.#checkpoints = new CheckpointTimer(
      () => health.try(save),
      () => folder.release(),
    );
    if (this.recovery.batches > 0 || this.recovery.journalRemoved) this.#checkpoints.noteChange();
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

  /**
   * Writes what the network is now into a folder without a state, for another to be opened there. That follows the machine's clock
   * from the time on at which this one is. Throws a `StateDirectoryError` where the folder has a state or cannot be used.
   */
  saveTo(directory: string): void {
    const folder: NetworkDirectory = new StateDirectory(directory);
    try {
      if (folder.load().snapshot !== undefined) {
        throw new StateDirectoryError(
          'occupied',
          `${directory} has a state already. Remove it, or choose another folder.`,
        );
      }
      const { canisters, rest } = this.#saved();
      folder.save({ canisters, rest: { ...rest, subnet: { ...this.subnet.image(), advanced: 0n } } });
    } finally {
      folder.release();
    }
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

  #saved() {
    const rest: SavedNetwork = { seeds: this.#keys.seeds, subnet: this.subnet.image() };
    return { canisters: [...this.subnet.canisters], rest };
  }

  /** Does again what came after the last checkpoint. */
  #recover({ records, journalRemoved }: SavedState<SavedNetwork, JournalEntry>, directory: string): Recovery {
    const recovered = new RecoveredEntries(records, ({ batch }) => ({
      messages: batch.messages.length,
      batches: 1,
    }));
    try {
      const reading = this.subnet.replay(recovered);
      if (reading !== undefined) this.#clock.goOn(reading);
    } catch (cause) {
      if (cause instanceof StateDirectoryError || isSystemError(cause)) throw cause;
      throw diverged(directory, cause);
    }
    const { messages, batches, cut } = recovered;
    return { messages, batches, cut, journalRemoved };
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
      rootHash: () => tree.rootHash(),
      certificate: (paths) => {
        refresh();
        return tree.certificate(paths);
      },
    };
  }
}

function healthyJournal(
  folder: NetworkDirectory,
  directory: string,
  tell: (message: string) => void,
): BatchJournal {
  const health = new WriteHealth(tell, {
    failing: (reason) =>
      `The state folder ${directory} cannot be written to (${reason}). Updates are refused until it can be; what was answered is kept.`,
    well: `The state folder ${directory} can be written to again, and updates are taken.`,
  });
  return { append: (entry) => health.try(() => folder.append(entry)) };
}

function secretBytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}
