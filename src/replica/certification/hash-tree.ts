import type { Encodable } from '../codec/cbor.ts';
import { domainSeparator } from '../codec/domain-separator.ts';
import { sha256 } from '../codec/sha256.ts';

/** A hash tree as certificates carry it ("Certificate"): a partial view in which subtrees are pruned to their hashes. */
export type HashTree =
  | { readonly kind: 'empty' }
  | { readonly kind: 'fork'; readonly left: HashTree; readonly right: HashTree }
  | { readonly kind: 'labeled'; readonly label: Uint8Array; readonly tree: HashTree }
  | { readonly kind: 'leaf'; readonly value: Uint8Array }
  | { readonly kind: 'pruned'; readonly hash: Uint8Array };

const FORK = domainSeparator('ic-hashtree-fork');
const LABELED = domainSeparator('ic-hashtree-labeled');
const LEAF = domainSeparator('ic-hashtree-leaf');

/** The hash of an empty tree. */
export const EMPTY_HASH = sha256(domainSeparator('ic-hashtree-empty'));

/** The hash of a fork, of the hashes of its sides. */
export function forkHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(FORK, left, right);
}

/** The hash of a labeled tree, of the hash of the tree. */
export function labeledHash(label: Uint8Array, tree: Uint8Array): Uint8Array {
  return sha256(LABELED, label, tree);
}

/** The hash of a leaf. */
export function leafHash(value: Uint8Array): Uint8Array {
  return sha256(LEAF, value);
}

/** The root hash of a tree, pruned or not: the specification's `reconstruct`. */
export function reconstruct(tree: HashTree): Uint8Array {
  switch (tree.kind) {
    case 'empty':
      return EMPTY_HASH;
    case 'fork':
      return forkHash(reconstruct(tree.left), reconstruct(tree.right));
    case 'labeled':
      return labeledHash(tree.label, reconstruct(tree.tree));
    case 'leaf':
      return leafHash(tree.value);
    case 'pruned':
      return tree.hash;
  }
}

/** The arrays that stand for a tree in CBOR ("Encoding of certificates"). */
export function encodableHashTree(tree: HashTree): Encodable {
  switch (tree.kind) {
    case 'empty':
      return [0];
    case 'fork':
      return [1, encodableHashTree(tree.left), encodableHashTree(tree.right)];
    case 'labeled':
      return [2, tree.label, encodableHashTree(tree.tree)];
    case 'leaf':
      return [3, tree.value];
    case 'pruned':
      return [4, tree.hash];
  }
}
