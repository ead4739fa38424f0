import type { ByteMap } from './byte-map.ts';

/** Numbers of a set are below this. */
export const NUMBERS = 2 ** 24;

const BITS = 256;
const NODE_BYTES = BITS / 8;
const EMPTY = new Uint8Array(NODE_BYTES);

/**
 * A set of numbers that knows which one comes after another: a map has no walk from the middle. It is a tree of three levels, one for each byte of a
 * number; a node has a bit for each of its 256 children that is not empty.
 */
export class NumberSet {
  readonly #map: Pick<ByteMap, 'get' | 'set' | 'delete'>;
  readonly #prefix: readonly number[];

  /** All keys begin with the prefix, and have up to two bytes more. */
  constructor(map: Pick<ByteMap, 'get' | 'set' | 'delete'>, prefix: readonly number[]) {
    this.#map = map;
    this.#prefix = prefix;
  }

  add(number: number): void {
    const [high, middle, low] = bytesOf(number);
    // What is not empty is known to its parents.
    if (!this.#setBit([high, middle], low)) return;
    if (this.#setBit([high], middle)) this.#setBit([], high);
  }

  remove(number: number): void {
    const [high, middle, low] = bytesOf(number);
    if (!this.#clearBit([high, middle], low)) return;
    if (this.#clearBit([high], middle)) this.#clearBit([], high);
  }

  /** The smallest number that is not below `from`. */
  next(from: number): number | undefined {
    if (from >= NUMBERS) return undefined;
    const [high, middle, low] = bytesOf(from);
    const sibling = this.#nextBit([high, middle], low);
    if (sibling !== undefined) return numberOf(high, middle, sibling);
    const cousin = this.#nextBit([high], middle + 1);
    if (cousin !== undefined) return numberOf(high, cousin, this.#firstBit([high, cousin]));
    const other = this.#nextBit([], high + 1);
    if (other === undefined) return undefined;
    const first = this.#firstBit([other]);
    return numberOf(other, first, this.#firstBit([other, first]));
  }

  /** Returns whether the node was empty before. */
  #setBit(path: readonly number[], bit: number): boolean {
    const key = this.#key(path);
    const stored = this.#map.get(key);
    const node = stored ?? EMPTY.slice();
    node[bit >> 3] = at(node, bit >> 3) | (1 << (bit & 7));
    this.#map.set(key, node);
    return stored === undefined;
  }

  /** Returns whether the node is empty now. */
  #clearBit(path: readonly number[], bit: number): boolean {
    const key = this.#key(path);
    const node = this.#map.get(key);
    if (node === undefined) return false;
    node[bit >> 3] = at(node, bit >> 3) & ~(1 << (bit & 7));
    const isEmpty = node.every((byte) => byte === 0);
    if (isEmpty) this.#map.delete(key);
    else this.#map.set(key, node);
    return isEmpty;
  }

  #nextBit(path: readonly number[], from: number): number | undefined {
    if (from >= BITS) return undefined;
    const node = this.#map.get(this.#key(path));
    if (node === undefined) return undefined;
    for (let byte = from >> 3; byte < NODE_BYTES; byte++) {
      const bits = byte === from >> 3 ? at(node, byte) & (0xff << (from & 7)) : at(node, byte);
      if (bits !== 0) return byte * 8 + 31 - Math.clz32(bits & -bits);
    }
    return undefined;
  }

  /** Of a node that is there, which has one. */
  #firstBit(path: readonly number[]): number {
    const bit = this.#nextBit(path, 0);
    if (bit === undefined) throw new Error('a set of numbers has an empty node');
    return bit;
  }

  #key(path: readonly number[]): Uint8Array {
    return Uint8Array.of(...this.#prefix, ...path);
  }
}

function bytesOf(number: number): [high: number, middle: number, low: number] {
  return [number >> 16, (number >> 8) & 0xff, number & 0xff];
}

function numberOf(high: number, middle: number, low: number): number {
  return (high << 16) | (middle << 8) | low;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
