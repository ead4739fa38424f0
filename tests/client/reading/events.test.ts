import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventPage } from '../../../src/client/index.ts';
import { eachEvent } from '../../../src/client/reading/events.ts';

const page = (next: bigint, end: bigint): EventPage => ({ events: [], next, more: false, end });

describe('a stream that waits for what will not come', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told of a place that the log does not have, once no machine can be as far behind', async () => {
    const read = vi.fn(async (after: bigint) => page(after, 7n));
    const ended = expect(eachEvent(read, 9n).next()).rejects.toMatchObject({
      kind: 'InvalidArgument',
      field: 'after',
      message: expect.stringMatching(
        /^after 9 is a place that the log does not have, which ends at 7;/,
      ) as string,
    });
    await vi.runAllTimersAsync();
    await ended;
    expect(read).toHaveBeenCalledTimes(4);
  });

  it('goes on where a machine was behind for a moment', async () => {
    const read = vi.fn().mockResolvedValueOnce(page(9n, 8n)).mockResolvedValue(page(9n, 9n));
    const ended = expect(eachEvent(read, 9n).next()).resolves.toEqual({ done: true, value: undefined });
    await vi.runAllTimersAsync();
    await ended;
  });
});
