import { compareBytes } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';
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
 * A persistent map from labels to nodes, kept as a treap that keeps its hashes: changing one label makes O(log n) new
 * entries and leaves the old map as it was. Its shape, and so its hash, depends on what is in it alone and not on how
 * that came there: a network that is loaded again certifies what it certified before.
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
  /** No entry below has a higher one. */
  readonly rank: number;
  readonly left: Entry | undefined;
  readonly right: Entry | undefined;
  #hash: Uint8Array | undefined;

  constructor({ label, node, rank, left, right }: Pick<Entry, 'label' | 'node' | 'rank' | 'left' | 'right'>) {
    this.label = label;
    this.node = node;
    this.rank = rank;
    this.left = left;
    this.right = right;
  }

  /** The hash of this entry and all under it, computed once, when it is first asked for. */
  get hash(): Uint8Array {
    this.#hash ??= this.#computeHash();
    return this.#hash;
  }

  /** The same label with something else beside it. */
  with(changes: Partial<Pick<Entry, 'node' | 'left' | 'right'>>): Entry {
    const { label, node, rank, left, right } = this;
    return new Entry({ label, node, rank, left, right, ...changes });
  }

  #computeHash(): Uint8Array {
    const own = labeledHash(this.label, this.node.hash);
    const upper = this.right === undefined ? own : forkHash(own, this.right.hash);
    return this.left === undefined ? upper : forkHash(this.left.hash, upper);
  }
}

/** Where a label stands in the tree: evenly spread, as the tree is balanced by it, and the same each time. */
function rankOf(label: Uint8Array): number {
  const digest = new DataView(sha256(label).buffer);
  return digest.getUint32(0) * 0x1_0000 + digest.getUint16(4);
}

function isAbove(a: Entry, b: Entry): boolean {
  return a.rank === b.rank ? compareBytes(a.label, b.label) < 0 : a.rank > b.rank;
}

function insert(entry: Entry | undefined, label: Uint8Array, node: StateNode): Entry {
  if (entry === undefined) {
    return new Entry({ label, node, rank: rankOf(label), left: undefined, right: undefined });
  }
  const order = compareBytes(label, entry.label);
  if (order === 0) return entry.with({ node });
  if (order < 0) {
    const left = insert(entry.left, label, node);
    return isAbove(left, entry)
      ? left.with({ right: entry.with({ left: left.right }) })
      : entry.with({ left });
  }
  const right = insert(entry.right, label, node);
  return isAbove(right, entry)
    ? right.with({ left: entry.with({ right: right.left }) })
    : entry.with({ right });
}

function remove(entry: Entry | undefined, label: Uint8Array): Entry | undefined {
  if (entry === undefined) return undefined;
  const order = compareBytes(label, entry.label);
  if (order < 0) return entry.with({ left: remove(entry.left, label) });
  if (order > 0) return entry.with({ right: remove(entry.right, label) });
  return join(entry.left, entry.right);
}

/** One tree of two, of which the first has the lesser labels. */
function join(lesser: Entry | undefined, greater: Entry | undefined): Entry | undefined {
  if (lesser === undefined) return greater;
  if (greater === undefined) return lesser;
  return isAbove(lesser, greater)
    ? lesser.with({ right: join(lesser.right, greater) })
    : greater.with({ left: join(lesser, greater.left) });
}
