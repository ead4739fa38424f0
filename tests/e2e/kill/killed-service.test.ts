import { describe, expect, it } from 'vitest';
import { Random } from '../../replica/support/random.ts';
import { killAgainAndAgain } from './killed-service.ts';

describe('the service whose network is killed while eight callers write', () => {
  it('loses no answered write, doubles none, and keeps each whole', async () => {
    const { answered } = await killAgainAndAgain(3, new Random(1));
    expect(answered).toBeGreaterThan(0);
  }, 600_000);
});
