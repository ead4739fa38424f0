import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '../../../src/client/index.ts';
import { AGAIN_MS, isTemporary, untilDone } from '../../../src/dashboard/service/again.ts';

/** Work that fails so often; what was told of it. */
function setupWork(failures: number) {
  const told: string[] = [];
  let runs = 0;
  const work = () => {
    runs++;
    return runs <= failures ? Promise.reject(new Error(`run ${runs}`)) : Promise.resolve(runs);
  };
  const device = new EventTarget();
  const stop = untilDone(work, {
    device,
    onDone: (run) => told.push(`done ${run}`),
    onError: (error) => told.push(String(error)),
  });
  return { told, stop, device };
}

describe('what is done until it succeeds', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is tried again after a while, and not once it is done', async () => {
    const { told, device } = setupWork(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['Error: run 1']);
    await vi.advanceTimersByTimeAsync(2 * AGAIN_MS);
    expect(told).toEqual(['Error: run 1', 'Error: run 2', 'done 3']);
    device.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
    expect(told).toHaveLength(3);
  });

  it('is tried at once when the device is online again', async () => {
    const { told, device } = setupWork(1);
    await vi.advanceTimersByTimeAsync(0);
    device.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual(['Error: run 1', 'done 2']);
  });

  it('is not told of, nor tried again, after its end', async () => {
    const { told, stop } = setupWork(1);
    stop();
    await vi.advanceTimersByTimeAsync(10 * AGAIN_MS);
    expect(told).toEqual([]);
  });

  it('is not what the service refuses', () => {
    expect([new Error('not reached'), new NotFoundError('gone'), null, undefined].map(isTemporary)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
