import type { RecordMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';

/** Entries of the map for each slot: a full leaf of 11 splits into one of 5, which stays as it is, the entry between, and one of 5. */
const SLOT_ENTRIES = 6;

/** Of a slot's entries the one that has a value: the last of its leaf. The sixth moves among the inner nodes, and stays empty. */
const VALUE_ENTRY = 4;

/** The slot whose value is the first free slot. As the number of a free slot it means that there is none. */
const HEAD = 0;

const EMPTY = new Uint8Array(0);

/**
 * Values of which nothing is left when they go. A map in stable memory moves its entries when nodes split or merge, and leaves copies of them behind. Here no
 * entry moves that has a value: entries are added in the order of their keys, so many that the last leaf is split off before its value is used, and never
 * removed. So each value is alone in a leaf that nothing else changes, and zeros of the same length take its very place.
 *
 * A free slot has the number of the next free one. The map's pages that it needs no more hold zeros, and go to other slots.
 */
export class SecretSlots {
  readonly #map: RecordMap;
  #firstFree: number | undefined;

  constructor(map: RecordMap) {
    this.#map = map;
  }

  get(slot: number): Uint8Array {
    const value = this.#map.get(slotKey(slot));
    if (value === undefined) throw new Error(`there is no slot ${slot}`);
    return value;
  }

  /** Stores a value in a free slot, whose number it returns. */
  add(value: Uint8Array): number {
    const slot = this.#takeFree() ?? this.#grow();
    this.#map.set(slotKey(slot), value);
    return slot;
  }

  /** Stores another value in a slot, and leaves nothing of the one before, which had `length` bytes. */
  replace(slot: number, length: number, value: Uint8Array): void {
    // One of the same length takes its place by itself.
    if (length !== value.length) this.#map.wipe(slotKey(slot), length);
    this.#map.set(slotKey(slot), value);
  }

  /** Gives a slot up, and leaves nothing of its value, which has `length` bytes. */
  remove(slot: number, length: number): void {
    this.#map.wipe(slotKey(slot), length);
    this.#map.set(slotKey(slot), sequenceKey(this.#head()));
    this.#saveHead(slot);
  }

  #takeFree(): number | undefined {
    const slot = this.#head();
    if (slot === HEAD) return undefined;
    this.#saveHead(decodeSequenceKey(this.get(slot)));
    return slot;
  }

  /** Adds the entries of a slot, which splits off the leaf of the slot before; returns that slot. */
  #grow(): number {
    const slots = this.#map.size() / SLOT_ENTRIES;
    addSlot(this.#map, slots);
    return slots - 1;
  }

  #head(): number {
    this.#firstFree ??= this.#readHead();
    return this.#firstFree;
  }

  #readHead(): number {
    if (this.#map.size() === 0) {
      addSlot(this.#map, HEAD);
      addSlot(this.#map, HEAD + 1);
      this.#saveHead(HEAD);
    }
    return decodeSequenceKey(this.get(HEAD));
  }

  #saveHead(slot: number): void {
    this.#map.set(slotKey(HEAD), sequenceKey(slot));
    this.#firstFree = slot;
  }
}

/** The key of a slot's value. */
export function slotKey(slot: number): Uint8Array {
  return sequenceKey(slot * SLOT_ENTRIES + VALUE_ENTRY);
}

/** Adds the empty entries of the slot behind the last one. The last one may have a value then, and not this one. */
export function addSlot(map: RecordMap, slot: number): void {
  for (let i = 0; i < SLOT_ENTRIES; i++) map.set(sequenceKey(slot * SLOT_ENTRIES + i), EMPTY);
}
