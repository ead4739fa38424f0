import type { ByteMap } from './byte-map.ts';

const OWNER = Uint8Array.of(1);
const SEED = Uint8Array.of(2);

/** What is kept beside the records. */
export class SettingsStore {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  /** The one admin of the layout before admins were records of their own; undefined once it has become one of those. */
  get formerOwner(): Uint8Array | undefined {
    return this.#map.get(OWNER);
  }

  forgetFormerOwner(): void {
    this.#map.delete(OWNER);
  }

  /** Keeps the seed of random numbers over an upgrade. */
  keepSeed(seed: Uint8Array): void {
    this.#map.set(SEED, seed);
  }

  /** The seed, once. */
  takeSeed(): Uint8Array | undefined {
    const seed = this.#map.get(SEED);
    if (seed !== undefined) this.#map.delete(SEED);
    return seed;
  }
}
