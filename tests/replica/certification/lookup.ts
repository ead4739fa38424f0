import type { HashTree } from '../../../src/replica/certification/hash-tree.ts';
import { compareBytes } from '../../../src/replica/codec/bytes.ts';
import type { CborValue } from '../../../src/replica/codec/cbor.ts';

/** The specification's `lookup_path`, written down as it stands there ("Lookup"). */
export function lookupPath([label, ...rest]: readonly Uint8Array[], tree: HashTree): Uint8Array | string {
  if (label === undefined) {
    if (tree.kind === 'leaf') return tree.value;
    return { empty: 'absent', pruned: 'unknown', labeled: 'error', fork: 'error' }[tree.kind];
  }
  const forest = flattenForks(tree);
  const found = forest.find((node) => node.kind === 'labeled' && compareBytes(node.label, label) === 0);
  if (found?.kind === 'labeled') return lookupPath(rest, found.tree);
  if (forest.length === 0 || (forest.length === 1 && forest[0]?.kind === 'leaf')) return 'absent';
  const order = (node: HashTree | undefined): number | undefined =>
    node?.kind === 'labeled' ? compareBytes(node.label, label) : undefined;
  for (let i = 0; i <= forest.length; i++) {
    const before = order(forest[i - 1]);
    const after = order(forest[i]);
    const above = i === 0 || (before !== undefined && before < 0);
    const below = i === forest.length || (after !== undefined && after > 0);
    if (above && below) return 'absent';
  }
  return 'unknown';
}

function flattenForks(tree: HashTree): readonly HashTree[] {
  if (tree.kind === 'empty') return [];
  return tree.kind === 'fork' ? [...flattenForks(tree.left), ...flattenForks(tree.right)] : [tree];
}

/** The hash tree that decoded CBOR stands for. */
export function decodeHashTree(value: CborValue | undefined): HashTree {
  if (!Array.isArray(value)) throw new TypeError('not a hash tree');
  const [kind, a, b]: readonly CborValue[] = value;
  if (kind === 0n) return { kind: 'empty' };
  if (kind === 1n) return { kind: 'fork', left: decodeHashTree(a), right: decodeHashTree(b) };
  if (!(a instanceof Uint8Array)) throw new TypeError('not a hash tree');
  if (kind === 2n) return { kind: 'labeled', label: a, tree: decodeHashTree(b) };
  return kind === 3n ? { kind: 'leaf', value: a } : { kind: 'pruned', hash: a };
}
