import { type AnsweredRequest, decodeRequest, encodeRequest } from '../../models/requests/request.ts';
import type { ByteMap } from '../byte-map.ts';
import { callerOfRequestKey, decodeSequenceKey, requestKey, sequenceKey } from '../keys.ts';

const COUNT = new Uint8Array(0);

/** What was answered, by `requestKey`. How many there are of a caller stands where an empty request_id would. */
export class RequestStore {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  get(key: Uint8Array): AnsweredRequest | undefined {
    const stored = this.#map.get(key);
    return stored === undefined ? undefined : decodeRequest(stored);
  }

  /** Adds one that is not there. */
  add(key: Uint8Array, request: AnsweredRequest): void {
    this.#map.set(key, encodeRequest(request));
    const caller = callerOfRequestKey(key);
    this.#saveCount(caller, this.count(caller) + 1);
  }

  /** Takes one away that is there. */
  remove(key: Uint8Array): void {
    this.#map.delete(key);
    const caller = callerOfRequestKey(key);
    this.#saveCount(caller, this.count(caller) - 1);
  }

  /** How many of a caller are there. */
  count(caller: Uint8Array): number {
    const stored = this.#map.get(requestKey(caller, COUNT));
    return stored === undefined ? 0 : decodeSequenceKey(stored);
  }

  #saveCount(caller: Uint8Array, count: number): void {
    const key = requestKey(caller, COUNT);
    if (count === 0) this.#map.delete(key);
    else this.#map.set(key, sequenceKey(count));
  }
}
