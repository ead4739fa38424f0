/** Checks the types of every part; what did not change since the last time is not checked again. */
import { tryRun } from './prepare.mjs';

const PARTS = {
  main: 'tsconfig.json',
  canister: 'src/canister/tsconfig.json',
  dapp: 'src/dashboard/tsconfig.json',
};

const codes = Object.entries(PARTS).map(([name, project]) =>
  tryRun(process.execPath, [
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `node_modules/.cache/tsc/${name}.tsbuildinfo`,
    '-p',
    project,
  ]),
);
process.exitCode = Math.max(...codes);
