import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMBERS, NumberSet } from '../../../src/canister/storage/number-set.ts';
import { memoryMap } from '../support/memory-maps.ts';

/** Numbers that share bytes, and those at both ends. */
const numbers = fc.oneof(
  fc.constantFrom(0, 1, 255, 256, 65_535, 65_536, NUMBERS - 2, NUMBERS - 1),
  fc.integer({ min: 494_000, max: 494_600 }),
  fc.integer({ min: 0, max: NUMBERS - 1 }),
);
const change = fc.record({ add: fc.boolean(), number: numbers });

describe('NumberSet', () => {
  it('knows the smallest number from any on, as a plain set does', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.array(numbers), (changes, asked) => {
        const set = new NumberSet(memoryMap(), [7]);
        const plain = new Set<number>();
        for (const { add, number } of changes) {
          if (add) set.add(number);
          else set.remove(number);
          if (add) plain.add(number);
          else plain.delete(number);
        }
        const sorted = [...plain].sort((a, b) => a - b);
        for (const from of [...asked, ...sorted, ...sorted.map((number) => number + 1)])
          expect(set.next(from)).toBe(sorted.find((number) => number >= from));
      }),
    );
  });

  it('keeps nothing of an empty set, and shares a map with others', () => {
    const map = memoryMap();
    const [one, other] = [new NumberSet(map, [1]), new NumberSet(map, [2])];
    one.add(494_321);
    other.add(494_321);
    one.remove(494_321);
    one.remove(5);
    expect(one.next(0)).toBeUndefined();
    expect(other.next(0)).toBe(494_321);
    other.remove(494_321);
    expect(map.size()).toBe(0);
  });
});
