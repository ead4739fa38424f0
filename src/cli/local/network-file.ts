import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { writeJson } from '../write-json.ts';
import type { LocalService } from './local-service.ts';

/** What programs need to find the local network; the content of network.json. */
export interface NetworkFile {
  readonly replica_url: string;
  /** DER in hex. */
  readonly root_key: string;
  readonly canister_id: string;
  readonly admin_pem: string;
  readonly agent_pem: string;
  readonly user_pem: string;
  /** Where the gateway is, while one runs beside the network. */
  readonly gateway_url?: string;
  /** The file of the development agent's API key. */
  readonly agent_key?: string;
  /** Where the dapp is, while it is served beside the network. */
  readonly dashboard_url?: string;
}

/** What the file says of a network and its service alone. */
export function networkFacts({ url, rootKey, canisterId, identities }: LocalService): NetworkFile {
  return {
    replica_url: url,
    root_key: rootKey,
    canister_id: canisterId,
    admin_pem: identities.admin.path,
    agent_pem: identities.agent.path,
    user_pem: identities.user.path,
  };
}

export function networkFilePath(directory: string): string {
  return join(directory, 'network.json');
}

/** Writes the file so that a reader sees all of it or what was there before. */
export function writeNetworkFile(directory: string, content: NetworkFile): void {
  const path = networkFilePath(directory);
  mkdirSync(dirname(path), { recursive: true });
  writeJson(path, JSON.stringify(content, null, 2));
}

/** Takes the file away, which told of an earlier start. */
export function removeNetworkFile(directory: string): void {
  rmSync(networkFilePath(directory), { force: true });
}

/** The service's canister, as the folder notes it before network.json is there; undefined in a new folder. */
export function notedCanister(directory: string): string | undefined {
  const path = canisterNote(directory);
  // An earlier version noted it in network.json alone.
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : readNetworkFile(directory)?.canister_id;
}

/** Notes the service's canister, for the next start. */
export function noteCanister(directory: string, canisterId: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(canisterNote(directory), `${canisterId}\n`);
}

function canisterNote(directory: string): string {
  return join(directory, 'canister_id');
}

/** What was written last; undefined where there is none. */
export function readNetworkFile(directory: string): NetworkFile | undefined {
  const path = networkFilePath(directory);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as NetworkFile;
  } catch (cause) {
    throw new CommandError(`${path} is not valid JSON. Remove it and start again.`, { cause });
  }
}

/** What was written last. Throws a `CommandError` where there is none. */
export function localNetworkFile(directory: string): NetworkFile {
  const file = readNetworkFile(directory);
  if (file !== undefined) return file;
  throw new CommandError('There is no local network yet. Start it with "npm start" in another terminal.');
}
