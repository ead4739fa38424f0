import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowOf } from '../../../src/gateway/mcp/text-window.ts';

const sizeOf = (value: unknown) => JSON.stringify(value).length;

describe('windowOf', () => {
  it('gives what fits as it is', () => {
    const value = { id: 'x', message: 'm'.repeat(1000), list: [1, null, true] };
    expect(windowOf(value, 0, 10_000)).toMatchObject({ value, next: undefined });
  });

  it('gives texts in parts that fit, and are the texts when they are put together', () => {
    const hard = fc.string({
      unit: fc.constantFrom('a', '"', '\u0000', 'Ж', '😀', '\\', '\n'),
      maxLength: 3000,
    });
    fc.assert(
      fc.property(fc.record({ id: fc.string({ maxLength: 20 }), message: hard, response: hard }), (value) => {
        let [message, response] = ['', ''];
        for (let from: number | undefined = 0, parts = 0; from !== undefined; parts++) {
          expect(parts).toBeLessThan(1000);
          const window: ReturnType<typeof windowOf> = windowOf(value, from, 5000);
          if (window === undefined) throw new Error('it does not fit');
          expect(sizeOf(window.value)).toBeLessThanOrEqual(5000);
          // Short ones are there each time.
          const part = window.value as typeof value;
          expect(part.id).toBe(value.id);
          message = value.message.length <= 200 ? part.message : message + part.message;
          response = value.response.length <= 200 ? part.response : response + part.response;
          from = window.next;
        }
        expect({ message, response }).toEqual({ message: value.message, response: value.response });
      }),
    );
  });

  it('has nothing for what has too many short parts', () => {
    expect(
      windowOf(
        Array.from({ length: 5000 }, () => 'short'),
        0,
        10_000,
      ),
    ).toBeUndefined();
  });
});
