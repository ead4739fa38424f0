import { describe, expect, it } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

describe('a network under hostile inputs', () => {
  it('answers each, stays up, and keeps its state', async () => {
    const inputs = 2000;
    const summary = await runFuzz({ inputs, seed: 20_261_124 });
    expect([...summary.values()].reduce((sum, times) => sum + times, 0)).toBe(inputs);
    // Each kind of input reaches both what is refused and what is not.
    for (const answer of [
      'CBOR: 4xx',
      'envelopes: 4xx',
      'gateway requests: 2xx',
      'gateway requests: 4xx',
      'modules: invalid',
      'modules: malformed',
      'modules: ran',
      'queries: 2xx',
      'read_state paths: 2xx',
      'read_state paths: 4xx',
      "a stranger's calls: rejected",
    ]) {
      expect(summary.get(answer), answer).toBeGreaterThan(0);
    }
  });
});
