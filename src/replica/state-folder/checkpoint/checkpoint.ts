import { join } from 'node:path';
import type { Canister } from '../../state/canister.ts';
import { BlobStore } from './blob-store.ts';
import { blobsOf, type CanisterImage, CanisterWriter, readCanister } from './canister-image.ts';
import { DirectoryLock } from './directory-lock.ts';
import { readManifest, writeManifest } from './manifest.ts';

/** What a state folder keeps: the network of one subnet that the program runs, or an instance of PocketIC's protocol. */
export type StateKind = 'network' | 'instance';

/** What a network is between two messages; `rest` is plain data of whoever owns the checkpoint. */
export interface Snapshot<T> {
  readonly canisters: readonly Canister[];
  readonly rest: T;
  /** How many records of the journal it is the state after; absent in what was written before there was a journal. */
  readonly height?: bigint;
  /** Absent in what was written before there were instances with folders: a network. */
  readonly kind?: StateKind;
}

type Manifest<T> = Omit<Snapshot<T>, 'canisters'> & { readonly canisters: readonly CanisterImage[] };

/**
 * A network's state on disk: a manifest, and blobs that it names. Saving adds the blobs that are new, then puts the
 * manifest in its place in one step, and only then removes what is no longer named: whenever the process ends, the
 * folder holds one whole state. The folder belongs to one process at a time.
 */
export class CheckpointDirectory<T> {
  readonly #lock: DirectoryLock;
  readonly #blobs: BlobStore;
  readonly #writer: CanisterWriter;
  readonly #manifestPath: string;

  /** Locks the folder, which is made if need be. */
  constructor(directory: string) {
    this.#lock = new DirectoryLock(directory);
    try {
      this.#blobs = new BlobStore(join(directory, 'blobs'));
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    this.#writer = new CanisterWriter(this.#blobs);
    this.#manifestPath = join(directory, 'manifest');
  }

  /** The state saved last; undefined in a new folder. A `StateDirectoryError` says why it cannot be read. */
  load(): Snapshot<T> | undefined {
    const manifest = readManifest<Manifest<T>>(this.#manifestPath);
    if (manifest === undefined) return undefined;
    return { ...manifest, canisters: manifest.canisters.map((image) => readCanister(image, this.#blobs)) };
  }

  save(snapshot: Snapshot<T>): void {
    const images = snapshot.canisters.map((canister) => this.#writer.write(canister));
    writeManifest(this.#manifestPath, { ...snapshot, canisters: images } satisfies Manifest<T>);
    this.#blobs.retain(new Set(images.flatMap(blobsOf)));
  }

  /** Gives the folder free. */
  release(): void {
    this.#lock.release();
  }
}
