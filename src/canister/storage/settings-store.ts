import type { ByteMap } from './byte-map.ts';

const OWNER = Uint8Array.of(1);

/** What earlier layouts kept beside the records. */
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
}
