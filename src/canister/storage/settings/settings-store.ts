import { decodeLatin1 } from '../../codec/index.ts';
import {
  decodePending,
  encodePending,
  type PendingRetention,
} from '../../models/retention/pending-retention.ts';
import {
  decodeProgress,
  encodeProgress,
  type Retention,
  type RetentionProgress,
  retention,
} from '../../models/retention/retention.ts';
import { type Limits, limits, type SomeLimits } from '../../models/settings/limits.ts';
import {
  decodeServiceLimits,
  encodeServiceLimits,
  type ServiceLimits,
  type SomeServiceLimits,
  serviceLimits,
} from '../../models/settings/service-limits.ts';
import {
  DEFAULT_SETTINGS,
  decodeAgentLimits,
  decodeSettings,
  encodeAgentLimits,
  encodeSettings,
  type Settings,
} from '../../models/settings/settings.ts';
import type { ByteMap } from '../byte-map.ts';
import { SETTINGS_KEYS } from '../settings-keys.ts';

const OWNER = Uint8Array.of(SETTINGS_KEYS.formerOwner);
const SETTINGS = Uint8Array.of(SETTINGS_KEYS.settings);
const PROGRESS = Uint8Array.of(SETTINGS_KEYS.retentionProgress);
const PENDING = Uint8Array.of(SETTINGS_KEYS.pendingRetention);
const SEED = Uint8Array.of(SETTINGS_KEYS.seed);
const SERVICE_LIMITS = Uint8Array.of(SETTINGS_KEYS.serviceLimits);
const SEED_BYTES = 32;
const DAY_NS = 24n * 3_600_000_000_000n;

/** Nothing is due and nothing was looked at. */
const NOT_BEGUN: RetentionProgress = {
  dueAt: 0n,
  oldestInteraction: 1,
  oldestActivity: 1,
  user: 1,
  log: 0,
  at: 0,
  passing: 0,
};

/** What admins set, and what there is one of beside the records. Every call asks for limits: they are kept in memory. */
export class SettingsStore {
  readonly #map: ByteMap;
  #settings: Settings | undefined;
  #limits: Limits | undefined;
  #serviceLimits: ServiceLimits | undefined;
  #loadedAgents: ReadonlyMap<string, Limits> | undefined;

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
    this.#serviceLimits = serviceLimits.over(serviceLimits.defaults, this.setServiceLimits);
    return this.#settings;
  }

  save(settings: Settings): void {
    this.#map.set(SETTINGS, encodeSettings(settings));
    this.#settings = settings;
    this.#limits = undefined;
    this.#loadedAgents = undefined;
  }

  /** The limits of those for whom nothing else is set. */
  get limits(): Limits {
    this.#limits ??= limits.over(limits.defaults, this.settings.limits);
    return this.#limits;
  }

  /** The limits of the service as a whole: what is set, and the defaults for the rest. */
  get serviceLimits(): ServiceLimits {
    if (this.#serviceLimits === undefined) this.load();
    return this.#serviceLimits ?? serviceLimits.defaults;
  }

  /** For how long a grant outlives its access token (ns). */
  get grantNs(): bigint {
    return BigInt(this.serviceLimits.token_data_days) * DAY_NS;
  }

  /** Those of them that are set. */
  get setServiceLimits(): SomeServiceLimits {
    const stored = this.#map.get(SERVICE_LIMITS);
    return stored === undefined ? serviceLimits.unset : decodeServiceLimits(stored);
  }

  saveServiceLimits(set: SomeServiceLimits): void {
    this.#map.set(SERVICE_LIMITS, encodeServiceLimits(set));
    this.#serviceLimits = serviceLimits.over(serviceLimits.defaults, set);
  }

  get retention(): Retention {
    return retention.over(retention.defaults, this.settings.retention);
  }

  /** What is to be kept later; undefined where that is what is kept now. */
  get pendingRetention(): PendingRetention | undefined {
    const stored = this.#map.get(PENDING);
    return stored === undefined ? undefined : decodePending(stored);
  }

  savePendingRetention(pending: PendingRetention | undefined): void {
    if (pending === undefined) this.#map.delete(PENDING);
    else this.#map.set(PENDING, encodePending(pending));
  }

  /** The limits that hold for a caller. */
  limitsOf(principal: Uint8Array): Limits {
    const agents = this.#limitsOfAgents;
    // To look for the caller costs more than all the rest.
    return (agents.size === 0 ? undefined : agents.get(decodeLatin1(principal))) ?? this.limits;
  }

  /** What is set for an agent alone. */
  agentLimits(agent: Uint8Array): SomeLimits {
    const stored = this.#map.get(agentKey(agent));
    return stored === undefined ? limits.unset : decodeAgentLimits(stored);
  }

  /** Sets what holds for an agent alone; undefined takes all of it away. */
  setAgentLimits(agent: Uint8Array, set: SomeLimits | undefined): void {
    if (set === undefined) this.#map.delete(agentKey(agent));
    else this.#map.set(agentKey(agent), encodeAgentLimits(set));
    this.#loadedAgents = undefined;
  }

  get retentionProgress(): RetentionProgress {
    const stored = this.#map.get(PROGRESS);
    return stored === undefined ? NOT_BEGUN : decodeProgress(stored);
  }

  saveRetentionProgress(progress: RetentionProgress): void {
    this.#map.set(PROGRESS, encodeProgress(progress));
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
    // A version before there were settings kept it in their place; settings are longer.
    const key = this.#map.get(SETTINGS)?.length === SEED_BYTES ? SETTINGS : SEED;
    const seed = this.#map.get(key);
    if (seed !== undefined) this.#map.delete(key);
    return seed;
  }

  /** Those for whom something is set. */
  get #limitsOfAgents(): ReadonlyMap<string, Limits> {
    this.#loadedAgents ??= this.#loadAgents();
    return this.#loadedAgents;
  }

  #loadAgents(): Map<string, Limits> {
    const keys = this.#map.firstKeys(this.#map.size()).filter((key) => key[0] === SETTINGS_KEYS.agentLimits);
    return new Map(
      keys.map((key) => {
        const agent = key.subarray(1);
        return [decodeLatin1(agent), limits.over(this.limits, this.agentLimits(agent))];
      }),
    );
  }
}

function agentKey(agent: Uint8Array): Uint8Array {
  return Uint8Array.of(SETTINGS_KEYS.agentLimits, ...agent);
}
