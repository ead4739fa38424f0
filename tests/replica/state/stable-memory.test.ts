import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_STABLE_WASM_PAGES, StableMemory } from '../../../src/replica/state/stable-memory.ts';
import { PAGE_BYTES, StablePages, WASM_PAGE_BYTES } from '../../../src/replica/state/stable-pages.ts';

type Step =
  | { readonly kind: 'grow'; readonly pages: number }
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'clear' | 'commit' | 'forget' };

const PAGES = 3;
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('grow' as const), pages: fc.integer({ min: 0, max: PAGES }) }),
    fc.record({
      kind: fc.constant('write' as const),
      // Mostly at the borders of pages.
      offset: fc
        .tuple(fc.integer({ min: 0, max: 3 * 16 }), fc.integer({ min: -9, max: 9 }))
        .map(([page, by]) => Math.max(0, page * PAGE_BYTES + by)),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 3 * PAGE_BYTES }),
    }),
    fc.record({ kind: fc.constantFrom('clear' as const, 'commit' as const, 'forget' as const) }),
  ),
  { maxLength: 30 },
);

function contentOf(stable: StableMemory): Uint8Array {
  const content = new Uint8Array(stable.bytes).fill(0xee);
  stable.read(0, content);
  return content;
}

describe('StableMemory', () => {
  it('is what a plain array would be, whatever is written, committed, forgotten or cleared', () => {
    fc.assert(
      fc.property(steps, (sequence: readonly Step[]) => {
        const pages = new StablePages();
        let stable = new StableMemory(pages);
        let committed = new Uint8Array();
        let model = new Uint8Array();
        for (const step of sequence) {
          switch (step.kind) {
            case 'grow': {
              if (stable.wasmPages + step.pages > PAGES) break;
              expect(stable.grow(step.pages)).toBe(model.length / WASM_PAGE_BYTES);
              const grown = new Uint8Array(model.length + step.pages * WASM_PAGE_BYTES);
              grown.set(model);
              model = grown;
              break;
            }
            case 'write':
              if (step.offset + step.bytes.length > model.length) break;
              stable.write(step.offset, step.bytes);
              model.set(step.bytes, step.offset);
              break;
            case 'clear':
              stable.clear();
              model = new Uint8Array();
              break;
            case 'commit':
              stable.commit();
              committed = model.slice();
              break;
            case 'forget':
              stable = new StableMemory(pages);
              model = committed.slice();
          }
          expect(Buffer.compare(contentOf(stable), model)).toBe(0);
          expect(Buffer.compare(contentOf(new StableMemory(pages)), committed)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('grows to 500 GiB and no further', () => {
    const stable = new StableMemory(new StablePages());
    expect(stable.grow(MAX_STABLE_WASM_PAGES)).toBe(0);
    expect(stable.bytes).toBe(500 * 1024 ** 3);
    expect(stable.grow(1)).toBe(-1);
    const last = stable.bytes - 3;
    stable.write(last, new Uint8Array([1, 2, 3]));
    const target = new Uint8Array(5);
    stable.read(last - 2, target);
    expect([...target]).toEqual([0, 0, 1, 2, 3]);
    expect(stable.dirtyPages).toBe(1);
  });

  it('reads and writes a part of what it is given, and nothing beside it', () => {
    const stable = new StableMemory(new StablePages());
    stable.grow(1);
    for (const length of [0, 1, 48, 49, PAGE_BYTES, PAGE_BYTES + 7]) {
      const source = Uint8Array.from({ length: length + 5 }, (_, i) => i);
      stable.write(PAGE_BYTES - 3, source, 2, length);
      const target = new Uint8Array(length + 9).fill(0xee);
      stable.read(PAGE_BYTES - 3, target, 4, length);
      const outside = [...target.subarray(0, 4), ...target.subarray(4 + length)];
      expect(outside).toEqual(Array<number>(9).fill(0xee));
      expect(Buffer.compare(target.subarray(4, 4 + length), source.subarray(2, 2 + length))).toBe(0);
    }
  });

  it('leaves what was committed as it is while it writes to the page that it wrote before', () => {
    const pages = new StablePages();
    const stable = new StableMemory(pages);
    stable.grow(1);
    const seen = (of: StableMemory) => {
      const byte = new Uint8Array(1);
      of.read(7, byte);
      return byte[0];
    };
    stable.write(7, new Uint8Array([1]));
    stable.commit();
    stable.write(7, new Uint8Array([2]));
    expect([seen(stable), seen(new StableMemory(pages))]).toEqual([2, 1]);
    stable.clear();
    stable.grow(1);
    expect([seen(stable), seen(new StableMemory(pages))]).toEqual([0, 1]);
  });

  it('counts each page that is written to once', () => {
    const stable = new StableMemory(new StablePages());
    stable.grow(1);
    stable.write(0, new Uint8Array(PAGE_BYTES + 1));
    stable.write(10, new Uint8Array(10));
    expect(stable.dirtyPages).toBe(2);
  });
});

describe('StablePages', () => {
  it('tells which pages changed since it was asked last', () => {
    const pages = new StablePages();
    const stable = new StableMemory(pages);
    stable.grow(1);
    stable.write(PAGE_BYTES * 3, new Uint8Array([1]));
    stable.commit();
    expect(pages.takeChanged()).toEqual([3]);
    expect(pages.takeChanged()).toEqual([]);
    stable.clear();
    stable.grow(1);
    stable.write(0, new Uint8Array([1]));
    stable.commit();
    expect([...pages.takeChanged()].sort()).toEqual([0, 3]);
    expect(pages.storedBytes).toBe(PAGE_BYTES);
  });
});
