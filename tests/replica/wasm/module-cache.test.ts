import { describe, expect, it } from 'vitest';
import { ModuleCache } from '../../../src/replica/wasm/module-cache.ts';
import { assemble } from './wat.ts';

describe('ModuleCache', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) =>
    assemble(`(module (func (export "canister_query ${name}")))`),
  );
  if (a === undefined || b === undefined || c === undefined) throw new Error('three modules');

  it('prepares the same upload once', () => {
    const cache = new ModuleCache(2);
    expect(cache.prepare(a.slice())).toBe(cache.prepare(a));
  });

  it('forgets the one that was not used for longest', () => {
    const cache = new ModuleCache(2);
    const first = cache.prepare(a);
    const second = cache.prepare(b);
    expect(cache.prepare(a)).toBe(first);
    cache.prepare(c);
    expect(cache.prepare(a)).toBe(first);
    expect(cache.prepare(b)).not.toBe(second);
  });

  it('refuses a broken module each time', () => {
    const cache = new ModuleCache(2);
    for (let i = 0; i < 2; i++)
      expect(() => cache.prepare(new Uint8Array())).toThrow('not a WebAssembly module');
  });
});
