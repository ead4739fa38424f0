import { defineConfig } from 'vitest/config';

/** Measurements run as tests do, since they share what drives the canister with them. */
export default defineConfig({
  test: {
    include: ['bench/**/*.bench.ts'],
    globalSetup: 'scripts/vitest/prepare-service.mjs',
    // A million interactions take about an hour.
    testTimeout: 4 * 3_600_000,
    pool: 'forks',
    execArgv: ['--stack-size=6500'],
    disableConsoleIntercept: true,
  },
});
