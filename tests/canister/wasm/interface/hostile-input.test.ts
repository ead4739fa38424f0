import { describe, expect, it } from 'vitest';
import { measureHostile } from '../../../../bench/hostile.ts';
import { readResults, TOLERANCE } from '../../../../bench/results.ts';
import { HOSTILE_MESSAGES } from '../../support/hostile-messages.ts';
import { GITHUB } from '../../support/records.ts';
import { encodeArgs, setupCanister } from '../../support/wasm-canister.ts';

/** A query may take 5 G instructions; what is refused takes well below that. */
const BOUND = 2_500_000_000;

/** What a message may cost the canister that is sent by who may not, behind an honest node. */
const REFUSAL_CYCLES = 50_000_000;

describe('hostile input', () => {
  it('of every kind, to every method, is refused within bounds, at no more than was written down, and stores nothing', async () => {
    // A trap, or a change of what is stored, is thrown.
    const costs = await measureHostile();
    expect(costs.length).toBeGreaterThan(HOSTILE_MESSAGES.length);
    for (const cost of costs) {
      const committed = readResults()?.hostile.find(({ kind }) => kind === cost.kind)?.instructions ?? 0;
      expect(cost.instructions, JSON.stringify(cost)).toBeLessThan(Math.min(BOUND, committed * TOLERANCE));
      for (const [caller, cycles] of Object.entries(cost.cycles))
        expect(cycles, `${cost.kind}, by a ${caller}`).toBeLessThan(REFUSAL_CYCLES);
    }
  }, 600_000);

  const json: [string, string][] = [
    ['65,000 openings of objects', '{'.repeat(65_000)],
    ['65,000 openings of arrays', '['.repeat(65_000)],
    ['21,000 brackets side by side', `[${'[],'.repeat(21_000)}1]`],
    ['32,000 numbers', `[${'1,'.repeat(32_000)}1]`],
    ['32,000 escapes', `"${'\\"'.repeat(32_000)}"`],
    ['6,000 keys', `{${Array.from({ length: 6000 }, (_, i) => `"k${i}":1`).join()}}`],
  ];
  for (const [what, text] of json) {
    it(`of JSON with ${what} is answered within bounds`, async () => {
      const canister = await setupCanister();
      const args = encodeArgs('store_agent_interaction', ['user-1', GITHUB, 'm', 'r', true, [text]]);
      expect(await canister.rawCall('store_agent_interaction', args)).toMatchObject({ kind: 'replied' });
      expect(canister.instructionsOf('store_agent_interaction')).toBeLessThan(BOUND);
    });
  }
});
