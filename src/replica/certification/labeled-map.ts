import { compareBytes } from '../codec/bytes.ts';
import { EMPTY_HASH, forkHash, labeledHash, leafHash } from './hash-tree.ts';

/** A node of the full state tree: a value, or a map of labels to nodes. */
export type StateNode = Leaf | LabeledMap;

/** A value at the end of a path. */
export class Leaf {
  readonly value: Uint8Array;
  #hash: Uint8Array | undefined;

  constructor(value: Uint8Array) {
    this.value = value;
  }

  /** The hash of the leaf, computed once. */
  get hash(): Uint8Array {
    this.#hash ??= leafHash(this.value);
    return this.#hash;
  }
}

/**
 * A persistent map from labels to nodes, kept as an AVL tree that keeps its hashes: changing one label makes O(log n)
 * new entries and leaves the old map as it was.
 */
export class LabeledMap {
  static readonly empty = new LabeledMap(undefined);
  readonly root: Entry | undefined;

  private constructor(root: Entry | undefined) {
    this.root = root;
  }

  /** A map of these labels. */
  static of(...entries: readonly (readonly [label: Uint8Array, node: StateNode])[]): LabeledMap {
    return entries.reduce((map, [label, node]) => map.set(label, node), LabeledMap.empty);
  }

  get hash(): Uint8Array {
    return this.root?.hash ?? EMPTY_HASH;
  }

  get(label: Uint8Array): StateNode | undefined {
    let entry = this.root;
    while (entry !== undefined) {
      const order = compareBytes(label, entry.label);
      if (order === 0) return entry.node;
      entry = order < 0 ? entry.left : entry.right;
    }
    return undefined;
  }

  set(label: Uint8Array, node: StateNode): LabeledMap {
    return new LabeledMap(insert(this.root, label, node));
  }

  delete(label: Uint8Array): LabeledMap {
    return this.get(label) === undefined ? this : new LabeledMap(remove(this.root, label));
  }

  /** The nearest labels before and after a label that is not in the map. */
  neighbours(label: Uint8Array): readonly Uint8Array[] {
    let before: Uint8Array | undefined;
    let after: Uint8Array | undefined;
    let entry = this.root;
    while (entry !== undefined) {
      if (compareBytes(label, entry.label) < 0) {
        after = entry.label;
        entry = entry.left;
      } else {
        before = entry.label;
        entry = entry.right;
      }
    }
    return [before, after].filter((found) => found !== undefined);
  }
}

/** One label of a map, with the entries of lesser and greater labels. Hashes as fork(left, fork(label, right)). */
export class Entry {
  readonly label: Uint8Array;
  readonly node: StateNode;
  readonly left: Entry | undefined;
  readonly right: Entry | undefined;
  readonly height: number;
  #hash: Uint8Array | undefined;

  constructor(label: Uint8Array, node: StateNode, left: Entry | undefined, right: Entry | undefined) {
    this.label = label;
    this.node = node;
    this.left = left;
    this.right = right;
    this.height = 1 + Math.max(heightOf(left), heightOf(right));
  }

  /** The hash of this entry and all under it, computed once, when it is first asked for. */
  get hash(): Uint8Array {
    this.#hash ??= this.#computeHash();
    return this.#hash;
  }

  #computeHash(): Uint8Array {
    const own = labeledHash(this.label, this.node.hash);
    const upper = this.right === undefined ? own : forkHash(own, this.right.hash);
    return this.left === undefined ? upper : forkHash(this.left.hash, upper);
  }
}

function heightOf(entry: Entry | undefined): number {
  return entry?.height ?? 0;
}

function insert(entry: Entry | undefined, label: Uint8Array, node: StateNode): Entry {
  if (entry === undefined) return new Entry(label, node, undefined, undefined);
  const order = compareBytes(label, entry.label);
  if (order === 0) return new Entry(label, node, entry.left, entry.right);
  return order < 0
    ? balance(entry, insert(entry.left, label, node), entry.right)
    : balance(entry, entry.left, insert(entry.right, label, node));
}

function remove(entry: Entry | undefined, label: Uint8Array): Entry | undefined {
  if (entry === undefined) return undefined;
  const order = compareBytes(label, entry.label);
  if (order < 0) return balance(entry, remove(entry.left, label), entry.right);
  if (order > 0) return balance(entry, entry.left, remove(entry.right, label));
  if (entry.left === undefined) return entry.right;
  if (entry.right === undefined) return entry.left;
  const next = first(entry.right);
  return balance(next, entry.left, remove(entry.right, next.label));
}

function first(entry: Entry): Entry {
  return entry.left === undefined ? entry : first(entry.left);
}

/** The entry with new sides, whose heights differ by two at most, rotated so that they differ by one at most. */
function balance(entry: Entry, left: Entry | undefined, right: Entry | undefined): Entry {
  const lean = heightOf(left) - heightOf(right);
  if (left !== undefined && lean > 1) {
    if (left.right !== undefined && heightOf(left.left) < left.right.height) {
      const middle = left.right;
      return join(middle, join(left, left.left, middle.left), join(entry, middle.right, right));
    }
    return join(left, left.left, join(entry, left.right, right));
  }
  if (right !== undefined && lean < -1) {
    if (right.left !== undefined && heightOf(right.right) < right.left.height) {
      const middle = right.left;
      return join(middle, join(entry, left, middle.left), join(right, middle.right, right.right));
    }
    return join(right, join(entry, left, right.left), right.right);
  }
  return join(entry, left, right);
}

function join(entry: Entry, left: Entry | undefined, right: Entry | undefined): Entry {
  return new Entry(entry.label, entry.node, left, right);
}
