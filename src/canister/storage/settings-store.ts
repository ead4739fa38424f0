import { DEFAULT_SETTINGS, decodeSettings, encodeSettings, type Settings } from '../models/settings.ts';
import type { ByteMap } from './byte-map.ts';

const OWNER = Uint8Array.of(1);
const SETTINGS = Uint8Array.of(2);
const SEED = Uint8Array.of(3);

/** What admins set, and what is kept beside it. */
export class SettingsStore {
  readonly #map: ByteMap;
  /** Kept in memory: calls ask for it that read little else. */
  #settings: Settings | undefined;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  get settings(): Settings {
    return this.#settings ?? this.load();
  }

  /** Reads them from the map, and keeps them in memory. */
  load(): Settings {
    const stored = this.#map.get(SETTINGS);
    this.#settings = stored === undefined ? DEFAULT_SETTINGS : decodeSettings(stored);
    return this.#settings;
  }

  set settings(settings: Settings) {
    this.#map.set(SETTINGS, encodeSettings(settings));
    this.#settings = settings;
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
