import { defineConfig } from 'vitest/config';

/** For a Node that runs 64-bit memories; `motoko.test.ts` starts it. */
export default defineConfig({
  test: {
    include: ['tests/replica/motoko/*.motoko.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    execArgv: ['--stack-size=6500'],
    maxWorkers: 1,
  },
});
