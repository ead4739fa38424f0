import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodableHashTree, reconstruct } from '../../../src/replica/certification/hash-tree.ts';
import { type Entry, LabeledMap, Leaf } from '../../../src/replica/certification/labeled-map.ts';
import { witness } from '../../../src/replica/certification/witness.ts';
import { compareBytes, toHex } from '../../../src/replica/codec/bytes.ts';
import { lookupPath } from './lookup.ts';

const label = fc.uint8Array({ minLength: 1, maxLength: 2, max: 12 });
const changes = fc.array(fc.tuple(label, fc.option(fc.uint8Array({ maxLength: 3 }))), { maxLength: 60 });

function build(list: readonly (readonly [Uint8Array, Uint8Array | null])[]) {
  const model = new Map<string, Uint8Array>();
  let map = LabeledMap.empty;
  for (const [key, value] of list) {
    map = value === null ? map.delete(key) : map.set(key, new Leaf(value));
    if (value === null) model.delete(toHex(key));
    else model.set(toHex(key), value);
  }
  return { map, model };
}

/** Visits in order, checks the balance on the way, and returns the height. */
function visit(entry: Entry | undefined, seen: Uint8Array[]): number {
  if (entry === undefined) return 0;
  const left = visit(entry.left, seen);
  seen.push(entry.label);
  const right = visit(entry.right, seen);
  expect(Math.abs(left - right)).toBeLessThan(2);
  expect(entry.height).toBe(1 + Math.max(left, right));
  return entry.height;
}

describe('LabeledMap', () => {
  it('stays ordered and balanced under any changes', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { map, model } = build(list);
        const seen: Uint8Array[] = [];
        visit(map.root, seen);
        expect(seen.map(toHex)).toEqual([...model.keys()].sort());
        expect(seen.every((key, i) => i === 0 || compareBytes(seen[i - 1] ?? key, key) < 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves the map as it was before a change', () => {
    const before = LabeledMap.of([Uint8Array.of(1), new Leaf(Uint8Array.of(1))]);
    const hash = toHex(before.hash);
    before.set(Uint8Array.of(1), new Leaf(Uint8Array.of(2)));
    expect(toHex(before.hash)).toBe(hash);
  });

  it('hashes only the path to what changed', () => {
    let map = LabeledMap.empty;
    for (let i = 0; i < 4096; i++) map = map.set(Uint8Array.of(i >> 8, i), new Leaf(Uint8Array.of(i)));
    const entries = new Set<Entry>();
    const collect = (entry: Entry | undefined): void => {
      if (entry === undefined) return;
      entries.add(entry);
      collect(entry.left);
      collect(entry.right);
    };
    collect(map.root);
    let fresh = 0;
    const count = (entry: Entry | undefined): void => {
      if (entry === undefined || entries.has(entry)) return;
      fresh += 1;
      count(entry.left);
      count(entry.right);
    };
    count(map.set(Uint8Array.of(7, 7), new Leaf(Uint8Array.of(1))).root);
    expect(fresh).toBeLessThanOrEqual(17);
  });
});

describe('witness', () => {
  it('keeps the root hash, and proves every asked path present or absent', () => {
    fc.assert(
      fc.property(changes, fc.array(label, { minLength: 1, maxLength: 5 }), (list, asked) => {
        const { map, model } = build(list);
        const tree = witness(
          map,
          asked.map((key) => [key]),
        );
        expect(toHex(reconstruct(tree))).toBe(toHex(map.hash));
        for (const key of asked) {
          expect(lookupPath([key], tree)).toEqual(model.get(toHex(key)) ?? 'absent');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps from the reader what was not asked for, but for the neighbours of an absent label', () => {
    const key = (i: number) => Uint8Array.of(i);
    const map = LabeledMap.of(...[1, 3, 5, 7, 9].map((i) => [key(i), new Leaf(key(100 + i))] as const));
    const text = JSON.stringify(encodableHashTree(witness(map, [[key(4)]])), (_k, v: unknown) =>
      v instanceof Uint8Array ? toHex(v) : v,
    );
    for (const shown of ['"03"', '"05"']) expect(text).toContain(shown);
    for (const hidden of ['"01"', '"07"', '"09"', '"67"', '"69"']) expect(text).not.toContain(hidden);
  });

  it('reveals everything under a prefix, and the value where a path goes on below it', () => {
    const inner = LabeledMap.of([Uint8Array.of(1), new Leaf(Uint8Array.of(9))]);
    const map = LabeledMap.of([Uint8Array.of(1), inner], [Uint8Array.of(2), new Leaf(Uint8Array.of(8))]);
    const prefix = witness(map, [[Uint8Array.of(1)]]);
    expect(lookupPath([Uint8Array.of(1), Uint8Array.of(1)], prefix)).toEqual(Uint8Array.of(9));
    expect(lookupPath([Uint8Array.of(2)], prefix)).toBe('unknown');
    const below = witness(map, [[Uint8Array.of(2), Uint8Array.of(5)]]);
    expect(lookupPath([Uint8Array.of(2), Uint8Array.of(5)], below)).toBe('absent');
  });

  it('answers a path in an empty map with the empty tree', () => {
    expect(witness(LabeledMap.empty, [[Uint8Array.of(1)]])).toEqual({ kind: 'empty' });
  });
});
