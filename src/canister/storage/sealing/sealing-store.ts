import {
  type ByType,
  decodeLosses,
  decodeServiceMoves,
  decodeUserMoves,
  encodeLosses,
  encodeServiceMoves,
  encodeUserMoves,
  FIRST_SERVICE_MOVES,
  type ServiceMoves,
  UNMOVED,
  type UserMoves,
} from '../../models/sealing/epochs.ts';
import type { ByteMap } from '../byte-map.ts';
import { SETTINGS_KEYS } from '../settings-keys.ts';

const SERVICE = Uint8Array.of(SETTINGS_KEYS.sealing);

/** The first byte of a key: a user's number or an agent's principal follows. */
const OF_USER = 0;
const OF_AGENT = 1;

const FIRST_USER_MOVES: UserMoves = { base: 0, owner: 0, types: UNMOVED };

/**
 * How far the epochs of sealed secrets have moved on: of each user for whom anything has moved, of the service, and what agents have lost. That of an agent
 * stays when it is removed: grants that name it count it.
 */
export class SealingStore {
  readonly #map: ByteMap;
  readonly #settings: ByteMap;

  constructor(map: ByteMap, settings: ByteMap) {
    this.#map = map;
    this.#settings = settings;
  }

  ofUser(user: number): UserMoves {
    const stored = this.#map.get(userKey(user));
    return stored === undefined ? FIRST_USER_MOVES : decodeUserMoves(stored);
  }

  saveUser(user: number, moves: UserMoves): void {
    this.#map.set(userKey(user), encodeUserMoves(moves));
  }

  removeUser(user: number): void {
    this.#map.delete(userKey(user));
  }

  get service(): ServiceMoves {
    const stored = this.#settings.get(SERVICE);
    return stored === undefined ? FIRST_SERVICE_MOVES : decodeServiceMoves(stored);
  }

  saveService(moves: ServiceMoves): void {
    this.#settings.set(SERVICE, encodeServiceMoves(moves));
  }

  /** Counts accounts that are sealed as a whole, or are not any more. */
  addSealedAccounts(difference: number): void {
    if (difference === 0) return;
    const { service } = this;
    this.saveService({ ...service, sealedAccounts: Math.max(0, service.sealedAccounts + difference) });
  }

  /** How often an agent has lost its right to each agent type's tokens. */
  lossesOf(agent: Uint8Array): ByType {
    const stored = this.#map.get(agentKey(agent));
    return stored === undefined ? UNMOVED : decodeLosses(stored);
  }

  saveLosses(agent: Uint8Array, losses: ByType): void {
    this.#map.set(agentKey(agent), encodeLosses(losses));
  }
}

function userKey(user: number): Uint8Array {
  const key = new Uint8Array(5);
  key[0] = OF_USER;
  new DataView(key.buffer).setUint32(1, user);
  return key;
}

function agentKey(agent: Uint8Array): Uint8Array {
  return Uint8Array.of(OF_AGENT, ...agent);
}
