import { describe, expect, it, vi } from 'vitest';
import { NetworkProcess, setupTally } from './tally.ts';

/** The largest file that the system lets the process write. */
const MAX_FILE_KIB = 3000;
const PADDING = 300_000;

describe('a network process that the system lets write no more', () => {
  it('refuses updates, says so, has what it answered, and goes on after the next checkpoint', async () => {
    const tally = await setupTally();
    const network = await NetworkProcess.start(tally, MAX_FILE_KIB);
    let next = 0;
    while (await network.count(next, 'v3', PADDING)) next += 1;
    expect(next).toBeGreaterThan(5);
    expect(network.errors).toMatch(
      /^The state folder .* cannot be written to \(EFBIG: .*Updates are refused/,
    );
    expect((await network.tally()).indexOf(0)).toBe(next);
    await vi.waitFor(async () => expect(await network.count(next, 'v3', PADDING)).toBe(true), {
      timeout: 30_000,
      interval: 1500,
    });
    expect(network.errors).toContain('can be written to again');
    await network.kill();
    const again = await NetworkProcess.start(tally);
    expect((await again.tally()).indexOf(0)).toBe(next + 1);
  });
});
