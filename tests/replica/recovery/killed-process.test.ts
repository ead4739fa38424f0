import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { NetworkProcess, setupTally } from './tally.ts';

/** After how many answers, and how many ms more, each process is killed. */
const KILLS = fc.sample(fc.record({ answers: fc.nat(24), ms: fc.nat(20) }), { seed: 11, numRuns: 10 });
const CLIENTS = 6;

describe('a network process that is killed again and again under load', () => {
  it('has every update that was answered or accepted, each once, and nothing twice', async () => {
    const tally = await setupTally();
    const answered = new Set<number>();
    let next = 0;
    let recoveries = 0;

    /** Counts one number after the other until the process is gone. */
    async function load(network: NetworkProcess, version: 'v2' | 'v3'): Promise<void> {
      for (;;) {
        const number = next++;
        try {
          expect(await network.count(number, version)).toBe(true);
        } catch (error) {
          if (error instanceof TypeError) return;
          throw error;
        }
        answered.add(number);
      }
    }

    /** A process that goes on with the folder, and has what others answered. */
    async function startAndCheck(): Promise<NetworkProcess> {
      const network = await NetworkProcess.start(tally);
      if (network.recovery.includes('update call')) recoveries += 1;
      // What was accepted before the kill is executed before this call is.
      expect(await network.count(next, 'v3')).toBe(true);
      answered.add(next++);
      const counts = await network.tally();
      expect(counts.every((count) => count <= 1)).toBe(true);
      expect([...answered].filter((number) => counts[number] !== 1)).toEqual([]);
      return network;
    }

    for (const { answers, ms } of KILLS) {
      const network = await startAndCheck();
      const clients = Array.from({ length: CLIENTS }, (_, i) => load(network, i % 2 === 0 ? 'v2' : 'v3'));
      const enough = answered.size + answers;
      await vi.waitUntil(() => answered.size >= enough, { interval: 1, timeout: 60_000 });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await network.kill();
      await Promise.all(clients);
    }
    await startAndCheck();
    expect(recoveries).toBeGreaterThan(0);
  });
});

describe('a folder that several processes want at once', () => {
  it('is used by one of them at most, also when an earlier one was killed', async () => {
    const tally = await setupTally();
    await (await NetworkProcess.start(tally)).kill();
    const rivals = await Promise.all(Array.from({ length: 4 }, () => NetworkProcess.start(tally)));
    const running = rivals.filter(({ url }) => url !== undefined);
    expect(running.length).toBeLessThan(2);
    for (const { errors } of rivals.filter(({ url }) => url === undefined)) {
      expect(errors).toMatch(/The state folder .* is in use by process \d+/);
    }
    await Promise.all(rivals.map((rival) => rival.kill()));
    expect((await NetworkProcess.start(tally)).url).toBeDefined();
  });
});
