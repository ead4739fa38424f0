import { defineConfig } from 'vitest/config';

/** Test files by what has to be there before they run; a file is of the first of these that has it. */
const FILES = {
  /** The service as a user starts it: the built canister and dapp, commands, processes, packages. */
  e2e: ['tests/{e2e,package}/**/*.test.ts'],
  /** The built dapp in a browser. */
  dapp: ['tests/dashboard/*.test.ts'],
  /** The built canister, alone or behind a gateway. */
  wasm: [
    'tests/canister/{model,wasm}/**/*.test.ts',
    'tests/bench/**/*.test.ts',
    'tests/**/*.service.test.ts',
  ],
  /** In which another module stands for one of Node's, so that each needs a process of its own: nothing is built. */
  mocked: ['tests/replica/**/*.mocked.test.ts'],
  /** The embedded network with canisters of its own tests: nothing is built. */
  network: ['tests/replica/**/*.test.ts'],
  /** One part of the sources by itself: nothing is built. */
  unit: ['tests/**/*.test.ts'],
} as const;

const PREPARATIONS: Partial<Record<keyof typeof FILES, string>> = {
  e2e: 'scripts/vitest/prepare-service.mjs',
  dapp: 'scripts/vitest/prepare-service.mjs',
  wasm: 'scripts/vitest/prepare-canister.mjs',
};

const NAMES = Object.keys(FILES) as (keyof typeof FILES)[];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // As `npm start` has it: canisters recurse as deep as on the public network.
    execArgv: ['--stack-size=6500'],
    maxWorkers: 2,
    projects: NAMES.map((name, at) => ({
      extends: true,
      test: {
        name,
        include: [...FILES[name]],
        exclude: NAMES.slice(0, at).flatMap((earlier) => FILES[earlier]),
        globalSetup: PREPARATIONS[name] ?? [],
        // A third of their time would go into loading the same modules, and compiling the same canister, for each file.
        isolate: name === 'e2e' || name === 'mocked',
      },
    })),
  },
});
