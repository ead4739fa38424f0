import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodableHashTree, reconstruct } from '../../../src/replica/certification/hash-tree.ts';
import { type Entry, LabeledMap, Leaf } from '../../../src/replica/certification/labeled-map.ts';
import { witness } from '../../../src/replica/certification/witness.ts';
import { compareBytes, fromHex, toHex } from '../../../src/replica/codec/bytes.ts';
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

/** Visits in order. */
function visit(entry: Entry | undefined, see: (entry: Entry) => void): void {
  if (entry === undefined) return;
  visit(entry.left, see);
  see(entry);
  visit(entry.right, see);
}

function heightOf(entry: Entry | undefined): number {
  return entry === undefined ? 0 : 1 + Math.max(heightOf(entry.left), heightOf(entry.right));
}

/** Labels as canisters and requests have them: in a row, and spread. */
const number = (i: number) => Uint8Array.of(i >> 8, i);

describe('LabeledMap', () => {
  it('stays ordered under any changes', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { map, model } = build(list);
        const seen: Uint8Array[] = [];
        visit(map.root, (entry) => seen.push(entry.label));
        expect(seen.map(toHex)).toEqual([...model.keys()].sort());
        expect(seen.every((key, i) => i === 0 || compareBytes(seen[i - 1] ?? key, key) < 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('has one hash, however it came to what it holds', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const { map, model } = build(list);
        const again = [...model].map(([key, value]) => [fromHex(key), new Leaf(value)] as const);
        expect(toHex(LabeledMap.of(...again).hash)).toBe(toHex(map.hash));
        expect(toHex(LabeledMap.of(...again.reverse()).hash)).toBe(toHex(map.hash));
      }),
      { numRuns: 200 },
    );
  });

  it('is balanced, in whatever order labels come', () => {
    const numbers = Array.from({ length: 4096 }, (_, i) => i);
    for (const order of [numbers, numbers.toReversed()]) {
      const map = LabeledMap.of(...order.map((i) => [number(i), new Leaf(number(i))] as const));
      expect(heightOf(map.root)).toBeLessThan(36);
    }
  });

  it('leaves the map as it was before a change', () => {
    const before = LabeledMap.of([Uint8Array.of(1), new Leaf(Uint8Array.of(1))]);
    const hash = toHex(before.hash);
    before.set(Uint8Array.of(1), new Leaf(Uint8Array.of(2)));
    expect(toHex(before.hash)).toBe(hash);
  });

  it('hashes only the path to what changed', () => {
    let map = LabeledMap.empty;
    for (let i = 0; i < 4096; i++) map = map.set(number(i), new Leaf(Uint8Array.of(i)));
    const entries = new Set<Entry>();
    visit(map.root, (entry) => entries.add(entry));
    let fresh = 0;
    const count = (entry: Entry | undefined): void => {
      if (entry === undefined || entries.has(entry)) return;
      fresh += 1;
      count(entry.left);
      count(entry.right);
    };
    count(map.set(Uint8Array.of(7, 7), new Leaf(Uint8Array.of(1))).root);
    expect(fresh).toBeLessThan(36);
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
