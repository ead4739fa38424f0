import { compareBytes, equalBytes } from '../codec/bytes.ts';
import { type CborValue, elementsOf } from '../codec/cbor.ts';
import type { HashTree } from './hash-tree.ts';

const HASH_BYTES = 32;

/** The hash tree that decoded CBOR stands for; undefined where it is none ("Encoding of certificates"). */
export function parseHashTree(value: CborValue | undefined): HashTree | undefined {
  const elements = elementsOf(value);
  if (elements === undefined) return undefined;
  const [kind, first, second] = elements;
  switch (kind) {
    case 0n:
      return elements.length === 1 ? { kind: 'empty' } : undefined;
    case 1n: {
      const left = parseHashTree(first);
      const right = parseHashTree(second);
      if (elements.length !== 3 || left === undefined || right === undefined) return undefined;
      return { kind: 'fork', left, right };
    }
    case 2n: {
      const tree = parseHashTree(second);
      if (elements.length !== 3 || !(first instanceof Uint8Array) || tree === undefined) return undefined;
      return { kind: 'labeled', label: first, tree };
    }
    case 3n:
      return elements.length === 2 && first instanceof Uint8Array
        ? { kind: 'leaf', value: first }
        : undefined;
    case 4n:
      return elements.length === 2 && first instanceof Uint8Array && first.length === HASH_BYTES
        ? { kind: 'pruned', hash: first }
        : undefined;
    default:
      return undefined;
  }
}

/** Whether labels strictly increase and no leaf stands among them ("Lookup"): only in such a tree can be looked up. */
export function isWellFormed(tree: HashTree): boolean {
  if (tree.kind === 'leaf') return true;
  let last: Uint8Array | undefined;
  for (const node of flattenForks(tree)) {
    if (node.kind === 'leaf') return false;
    if (node.kind !== 'labeled') continue;
    if (last !== undefined && compareBytes(last, node.label) >= 0) return false;
    if (!isWellFormed(node.tree)) return false;
    last = node.label;
  }
  return true;
}

/** The value at the path, as `lookup_path` finds it; undefined where it is absent, pruned or no value. */
export function lookup(tree: HashTree, path: readonly Uint8Array[]): Uint8Array | undefined {
  const found = subtree(tree, path);
  return found?.kind === 'leaf' ? found.value : undefined;
}

/** All values at and under the path: the specification's `lookup*`. */
export function lookupAll(tree: HashTree, path: readonly Uint8Array[]): readonly Uint8Array[] {
  const found = subtree(tree, path);
  return found === undefined ? [] : leavesOf(found);
}

function subtree(tree: HashTree, [label, ...rest]: readonly Uint8Array[]): HashTree | undefined {
  if (label === undefined) return tree;
  for (const node of flattenForks(tree)) {
    if (node.kind === 'labeled' && equalBytes(node.label, label)) return subtree(node.tree, rest);
  }
  return undefined;
}

function leavesOf(tree: HashTree): readonly Uint8Array[] {
  return [...flattenForks(tree)].flatMap((node) => {
    if (node.kind === 'leaf') return [node.value];
    return node.kind === 'labeled' ? leavesOf(node.tree) : [];
  });
}

function* flattenForks(tree: HashTree): Generator<HashTree> {
  if (tree.kind === 'empty') return;
  if (tree.kind === 'fork') {
    yield* flattenForks(tree.left);
    yield* flattenForks(tree.right);
    return;
  }
  yield tree;
}
