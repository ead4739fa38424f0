import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createSession, raiseRates } from '../tests/canister/support/records.ts';
import { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { CALLS } from './calls.ts';
import { measureCall } from './measure.ts';

/** What a part of a call costs by itself: what the call costs less without it. */
export interface PartCost {
  readonly part: string;
  readonly instructions: number;
}

interface Part {
  readonly part: string;
  /** The file of src/canister, and what is added to its end: the part does nothing then. */
  readonly file: string;
  readonly without: string;
}

const ROOT = join(import.meta.dirname, '..');
const METHOD = 'store_agent_interaction';

const PARTS: readonly Part[] = [
  {
    part: 'authorisation',
    file: 'policy/access/access.ts',
    without: `Access.prototype.enter = () => () =>
  ({ read: ALL_TYPES, write: ALL_TYPES, secrets: ALL_TYPES, firstParty: true, owns: false });`,
  },
  {
    part: 'rate limits of caller and user',
    file: 'policy/limits/rates.ts',
    without: 'Rates.prototype.admit = () => {}; Rates.prototype.admitFor = () => {};',
  },
  {
    part: 'audit entry: the activity, its analytics and its seal',
    file: 'services/audit/activity-service.ts',
    without: 'ActivityService.prototype.record = () => new Uint8Array(0);',
  },
  {
    part: 'of that, analytics',
    file: 'storage/analytics/analytics-book.ts',
    without: 'AnalyticsBook.prototype.count = () => {};',
  },
  {
    part: 'of that, the seal',
    file: 'storage/audit/audit-chain.ts',
    without: 'AuditChain.prototype.seal = (_sequence, bytes) => bytes;',
  },
];

/** What each part adds to an update: the canister is built once without each. */
export async function measureParts(): Promise<readonly PartCost[]> {
  const whole = await costOf(buildWith(undefined));
  const costs: PartCost[] = [];
  for (const part of PARTS) {
    console.log(`measuring ${METHOD} without ${part.part} …`);
    const instructions = whole - (await costOf(buildWith(part)));
    if (instructions <= 0) throw new Error(`${part.file} is not where ${part.part} is any more`);
    costs.push({ part: part.part, instructions });
  }
  return costs;
}

/** Azle builds what the dfx.json of its folder names. */
function buildWith(part: Part | undefined): Uint8Array {
  const folder = mkdtempSync(join(ROOT, '.azle/part-'));
  try {
    for (const path of ['dfx.json', 'src/canister', 'src/candid']) {
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    if (part !== undefined) appendFileSync(join(folder, 'src/canister', part.file), part.without);
    execFileSync(
      process.execPath,
      ['--import', 'tsx', join(ROOT, 'node_modules/azle/src/build.ts'), 'build', 'agent_service'],
      {
        cwd: folder,
        env: { ...process.env, CANISTER_CANDID_PATH: join(folder, 'src/candid/agent_service.did') },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return new Uint8Array(readFileSync(join(folder, '.azle/agent_service/agent_service.wasm')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function costOf(module: Uint8Array): Promise<number> {
  const call = CALLS.find(({ name }) => name === METHOD);
  if (call === undefined) throw new Error(`${METHOD} is not measured`);
  const canister = await WasmCanister.install({ module });
  try {
    await raiseRates(canister);
    const session = await createSession(canister);
    return (await measureCall(canister, call, { session, middle: '' })).instructions;
  } finally {
    await canister.close();
  }
}
