import { compareBytes, equalBytes, toHex } from '../codec/bytes.ts';
import { forkHash, type HashTree, labeledHash } from './hash-tree.ts';
import { type Entry, type LabeledMap, Leaf, type StateNode } from './labeled-map.ts';

/** A path into the state tree. */
export type Path = readonly Uint8Array[];

/** What is to be revealed under one label; no demand at all shows the label and prunes what is under it. */
interface Wanted {
  readonly label: Uint8Array;
  readonly paths: readonly Path[] | undefined;
}

/**
 * The part of a state tree that reveals everything at and under the paths, with the same root hash. For a path that is
 * not in the tree it reveals the nearest labels on both sides, which proves the absence ("Lookup").
 */
export function witness(node: StateNode, paths: readonly Path[]): HashTree {
  if (paths.length === 0) return { kind: 'pruned', hash: node.hash };
  // A path that goes on below a value is absent, and only the value itself proves it.
  if (node instanceof Leaf) return { kind: 'leaf', value: node.value };
  if (node.root === undefined) return { kind: 'empty' };
  if (paths.some((path) => path.length === 0)) return revealAll(node.root);
  return reveal(node.root, wantedLabels(node, paths));
}

function wantedLabels(map: LabeledMap, paths: readonly Path[]): readonly Wanted[] {
  const byLabel = new Map<string, { label: Uint8Array; paths: Path[] | undefined }>();
  for (const [label, ...rest] of paths) {
    if (label === undefined) continue;
    if (map.get(label) === undefined) {
      for (const neighbour of map.neighbours(label)) {
        const key = toHex(neighbour);
        if (!byLabel.has(key)) byLabel.set(key, { label: neighbour, paths: undefined });
      }
      continue;
    }
    const key = toHex(label);
    const wanted = byLabel.get(key);
    if (wanted?.paths === undefined) byLabel.set(key, { label, paths: [rest] });
    else wanted.paths.push(rest);
  }
  return [...byLabel.values()].sort((a, b) => compareBytes(a.label, b.label));
}

function reveal(entry: Entry, wanted: readonly Wanted[]): HashTree {
  if (wanted.length === 0) return { kind: 'pruned', hash: entry.hash };
  const here = wanted.find(({ label }) => equalBytes(label, entry.label));
  const own: HashTree =
    here === undefined
      ? { kind: 'pruned', hash: labeledHash(entry.label, entry.node.hash) }
      : { kind: 'labeled', label: entry.label, tree: witness(entry.node, here.paths ?? []) };
  const lesser = wanted.filter(({ label }) => compareBytes(label, entry.label) < 0);
  const greater = wanted.filter(({ label }) => compareBytes(label, entry.label) > 0);
  const upper = entry.right === undefined ? own : fork(own, reveal(entry.right, greater));
  return entry.left === undefined ? upper : fork(reveal(entry.left, lesser), upper);
}

function revealAll(entry: Entry): HashTree {
  const own: HashTree = { kind: 'labeled', label: entry.label, tree: witness(entry.node, [[]]) };
  const upper = entry.right === undefined ? own : fork(own, revealAll(entry.right));
  return entry.left === undefined ? upper : fork(revealAll(entry.left), upper);
}

/** A fork; of two pruned sides only their common hash is worth its bytes. */
function fork(left: HashTree, right: HashTree): HashTree {
  return left.kind === 'pruned' && right.kind === 'pruned'
    ? { kind: 'pruned', hash: forkHash(left.hash, right.hash) }
    : { kind: 'fork', left, right };
}
