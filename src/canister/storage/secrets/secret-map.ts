import { sameBytes } from '../../codec/index.ts';
import type { Work } from '../../models/work.ts';
import type { RecordMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';
import type { FormerMap } from './former-map.ts';
import type { SecretSlots } from './secret-slots.ts';

/** What a reference to a slot begins with. Records begin with the number of their version. */
const REFERENCE = 255;
const REFERENCE_LENGTH = 5;

interface SecretMapOptions {
  readonly map: RecordMap;
  readonly slots: SecretSlots;
  /** Whether a record holds a secret. */
  readonly holdsSecret: (record: Uint8Array) => boolean;
  /** Where versions before kept the records. */
  readonly former: FormerMap;
  /** Changes a record of a version before in place, when it moves here. */
  readonly mend?: (record: Uint8Array) => void;
}

/** Where a record is, and how long. */
interface Found {
  readonly key: Uint8Array;
  /** Undefined where it lies in the map itself. */
  readonly slot: number | undefined;
  readonly length: number;
}

/**
 * A map of records of which some hold secrets. Those lie in slots as a whole, and the map has the number of the slot in their place: so nothing is left
 * in stable memory of a secret that is removed or replaced.
 */
export class SecretMap implements RecordMap {
  readonly #map: RecordMap;
  readonly #slots: SecretSlots;
  readonly #holdsSecret: (record: Uint8Array) => boolean;
  readonly #former: FormerMap;
  readonly #mend: ((record: Uint8Array) => void) | undefined;
  /** What was read last. */
  #found: Found | undefined;

  constructor({ map, slots, holdsSecret, former, mend }: SecretMapOptions) {
    this.#map = map;
    this.#slots = slots;
    this.#holdsSecret = holdsSecret;
    this.#former = former;
    this.#mend = mend;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const stored = this.#map.get(key);
    if (stored === undefined) return this.#former.get(key);
    const slot = slotOf(stored);
    const value = slot === undefined ? stored : this.#slots.get(slot);
    this.#found = { key: key.slice(), slot, length: value.length };
    return value;
  }

  has(key: Uint8Array): boolean {
    return this.#map.has(key) || this.#former.has(key);
  }

  set(key: Uint8Array, value: Uint8Array): void {
    const before = this.#takeFound(key);
    const isSecret = this.#holdsSecret(value);
    if (before?.slot !== undefined && isSecret) {
      this.#slots.replace(before.slot, before.length, value);
      return;
    }
    // A value of the same length takes the place of the one before by itself.
    const staysInPlace = !isSecret && before?.slot === undefined && before?.length === value.length;
    if (!staysInPlace) this.#removeOld(key, before);
    this.#map.set(key, isSecret ? reference(this.#slots.add(value)) : value);
  }

  /** Nothing: what is removed or replaced is overwritten in any case. */
  wipe(): void {}

  delete(key: Uint8Array): void {
    const before = this.#takeFound(key);
    this.#removeOld(key, before);
    if (before !== undefined) this.#map.delete(key);
  }

  size(): number {
    return this.#map.size() + this.#former.size();
  }

  /** Takes over what versions before stored, and wipes what they left, until the work is spent; returns whether there is more to do. */
  takeOver(work: Work): boolean {
    return this.#former.run(work, (key, record) => {
      this.#mend?.(record);
      this.set(key, record);
    });
  }

  /** Whether nothing is left to take over. */
  get isTakenOver(): boolean {
    return this.#former.isOver;
  }

  /** Notes that there was no version before. */
  skipTakeOver(): void {
    this.#former.skip();
  }

  /** What is there before a change: mostly the record was read just now. */
  #takeFound(key: Uint8Array): Found | undefined {
    if (this.#found === undefined || !sameBytes(this.#found.key, key)) {
      this.#found = undefined;
      this.get(key);
    }
    const found = this.#found;
    this.#found = undefined;
    return found;
  }

  /** Leaves nothing of a record that is about to go, or to be replaced. */
  #removeOld(key: Uint8Array, before: Found | undefined): void {
    if (before === undefined) this.#former.delete(key);
    else if (before.slot === undefined) this.#map.wipe(key, before.length);
    else this.#slots.remove(before.slot, before.length);
  }
}

function reference(slot: number): Uint8Array {
  const bytes = new Uint8Array(REFERENCE_LENGTH);
  bytes[0] = REFERENCE;
  bytes.set(sequenceKey(slot), 1);
  return bytes;
}

function slotOf(stored: Uint8Array): number | undefined {
  return stored[0] === REFERENCE ? decodeSequenceKey(stored.subarray(1)) : undefined;
}
