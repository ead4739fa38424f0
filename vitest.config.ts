import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'scripts/vitest-setup.mjs',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // As `npm start` has it: canisters recurse as deep as on the public network.
    execArgv: ['--stack-size=6500'],
    maxWorkers: 2,
  },
});
