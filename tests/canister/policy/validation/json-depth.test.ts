import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestsAtMost } from '../../../../src/canister/policy/validation/json-depth.ts';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('nestsAtMost', () => {
  it('tells how deep any JSON nests', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' }), fc.nat(9), (value, limit) => {
        expect(nestsAtMost(JSON.stringify(value), limit)).toBe(depthOf(value) <= limit);
      }),
    );
  });

  it('does not count brackets in strings', () => {
    expect(nestsAtMost(JSON.stringify(['[[[["[[[', '\\"{{', { '[': ']\\' }]), 2)).toBe(true);
    expect(nestsAtMost(JSON.stringify(['[[[["[[[', '\\"{{', { '[': [] }]), 2)).toBe(false);
  });

  it('takes text of 64 KiB that is nothing but brackets or quotes', () => {
    expect(nestsAtMost('['.repeat(65_536), 100)).toBe(false);
    expect(nestsAtMost(`${'[]'.repeat(200)}"${'\\"'.repeat(32_000)}`, 100)).toBe(true);
  });
});
