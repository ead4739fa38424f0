import tseslint from 'typescript-eslint';

/** Globals by which a program can tell one run of it from another. */
const CLOCKS_AND_CHANCE = [
  'Date',
  'Temporal',
  'crypto',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.azle/',
      '.agent-service/',
      'src/candid/*.did.ts',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // The first that has a file wins: the strict one for all but the canister's edge and what runs in a browser.
        project: ['./tsconfig.json', './src/canister/tsconfig.json', './src/dashboard/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // What has its answer at once also meets an interface that promises it.
      '@typescript-eslint/require-await': 'off',
      // noPropertyAccessFromIndexSignature wants the brackets that this rule would take away.
      '@typescript-eslint/dot-notation': 'off',
      // An options object whose generic links two of its fields reads better than an inlined type.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    // A round depends on its batch and the state before it alone, so that a journal leads to the same state again.
    files: [
      'src/replica/{chain-keys,codec,execution,management,messages,state,system-api,system-canisters,wasm}/**',
      'src/replica/subnet/round/**',
    ],
    rules: {
      'no-restricted-globals': ['error', ...CLOCKS_AND_CHANCE],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:crypto',
              importNames: ['randomBytes', 'randomFillSync', 'randomInt', 'randomUUID', 'webcrypto'],
            },
          ],
          patterns: ['node:fs*', 'node:os', 'node:perf_hooks', 'node:process', 'node:timers*'],
        },
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      // Tests hand wrong values to things on purpose.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
