import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from './command-error.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Of this package. */
export const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string })
  .version;

/** What starts the command, by Node. */
export const ENTRY = join(ROOT, 'scripts/run.mjs');

/** Where the local network keeps its state, its identities and network.json, unless told. */
export const DEFAULT_DIRECTORY = join(ROOT, '.agent-service');

/** The canister's ids by network, in the format that dfx reads. */
export const CANISTER_IDS = join(ROOT, 'canister_ids.json');

/** The built dapp. */
export const DASHBOARD_DIRECTORY = join(ROOT, 'dist/dashboard');

/** The canister's module, compressed. */
export function readModule(): Uint8Array {
  const path = join(ROOT, '.azle/agent_service/agent_service.wasm.gz');
  if (!existsSync(path)) {
    throw new CommandError(`The canister is not built: there is no ${path}. Run "npm run build:canister".`);
  }
  return new Uint8Array(readFileSync(path));
}
