import { describe, expect, it } from 'vitest';
import { readSeeds } from './seeds.ts';
import { replay, runRandom } from './sequence.ts';

describe('the service', () => {
  it.each([1, 2])(
    'does as the model does, also after traps, upgrades and time (seed %i)',
    async (seed) => {
      expect((await runRandom(seed))?.difference).toBeUndefined();
    },
    600_000,
  );

  for (const [name, operations] of readSeeds()) {
    it(`does as the model does in ${name}`, async () => {
      expect((await replay(operations))?.difference).toBeUndefined();
    }, 600_000);
  }
});
