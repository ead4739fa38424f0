import type { ByteMap } from './byte-map.ts';

const OWNER = Uint8Array.of(1);

/** What the service was set up with. */
export class SettingsStore {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  /** The principal who may name agents; undefined before the canister was initialised. */
  get owner(): Uint8Array | undefined {
    return this.#map.get(OWNER);
  }

  setOwner(owner: Uint8Array): void {
    this.#map.set(OWNER, owner);
  }
}
