import { describe, expect, it } from 'vitest';
import { Random } from '../../replica/support/random.ts';
import { killUpgrades } from './killed-upgrade.ts';

describe('the service whose network is killed while it is upgraded', () => {
  it('has the old module or the new one, keeps every record, and is upgraded by the next start', async () => {
    const { before, upgraded } = await killUpgrades(2, new Random(1));
    expect(before + upgraded).toBe(2);
  }, 600_000);
});
