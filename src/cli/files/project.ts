import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError } from '../terminal/command-error.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** A clone runs its sources, and the package what was compiled of them. */
const IS_CLONE = import.meta.url.endsWith('.ts');
/** A clone keeps what it makes in itself, whatever folder it is run in; the package in the folder where somebody uses it. */
const HOME = IS_CLONE ? ROOT : resolve();

/** What starts the command, by Node. */
export const ENTRY = join(ROOT, 'bin/agent-service.mjs');

/** How people start the local network; options come after `START_OPTIONS`. */
export const START = IS_CLONE ? 'npm start' : 'npx agent-service start';
export const START_OPTIONS = IS_CLONE ? 'npm start --' : START;

/** Where the local network keeps its state, its identities and network.json, unless told. */
export const DEFAULT_DIRECTORY = join(HOME, '.agent-service');

/** The canister's ids by network, in the format that dfx reads. */
export const CANISTER_IDS = join(HOME, 'canister_ids.json');

/** The built dapp. */
export const DASHBOARD_DIRECTORY = join(ROOT, 'dist/dashboard');

/** The interface, for clients that read it from a file. */
export const INTERFACE = join(ROOT, IS_CLONE ? 'src' : 'dist', 'candid/agent_service.did');

/** From where programs import the client, and what is for Node alone. */
export const CLIENT_MODULES = IS_CLONE
  ? { client: './src/client/index.ts', node: './src/client/node.ts' }
  : { client: 'agent-service', node: 'agent-service/node' };

/** The canister's module, compressed. */
export function readModule(): Uint8Array {
  const path = join(ROOT, IS_CLONE ? '.azle/agent_service' : 'dist', 'agent_service.wasm.gz');
  if (!existsSync(path)) {
    throw new CommandError(`The canister is not built: there is no ${path}. Run "npm run build:canister".`);
  }
  return new Uint8Array(readFileSync(path));
}
