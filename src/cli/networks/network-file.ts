import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { START } from '../files/project.ts';
import { writeJson } from '../files/write-json.ts';
import { CommandError } from '../terminal/command-error.ts';

/** Facts that the folder notes in files of their own, by the names that network.json has for them. */
type Note = 'canister_id' | 'root_key';

/** What programs need to find the local network; the content of network.json. */
export interface NetworkFile {
  readonly replica_url: string;
  /** DER in hex. */
  readonly root_key: string;
  readonly canister_id: string;
  /** The id of the process that serves all of it; a file of an earlier version has none. */
  readonly pid?: number;
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

export function networkFilePath(directory: string): string {
  return join(directory, 'network.json');
}

/** Writes the file so that a reader sees all of it or what was there before. */
export function writeNetworkFile(directory: string, content: NetworkFile): void {
  const path = networkFilePath(directory);
  mkdirSync(dirname(path), { recursive: true });
  writeJson(path, JSON.stringify(content, null, 2));
}

/** Takes the file away. */
export function removeNetworkFile(directory: string): void {
  rmSync(networkFilePath(directory), { force: true });
}

/** Which service the folder has, and the key of its network, whether it runs or not; undefined where none was started there. */
export function notedService(
  directory: string,
): { readonly canisterId: string; readonly rootKey: string } | undefined {
  const canisterId = notedCanister(directory);
  const rootKey = readNote(directory, 'root_key');
  return canisterId === undefined || rootKey === undefined ? undefined : { canisterId, rootKey };
}

/** The service's canister, as the folder notes it before network.json is there; undefined in a new folder. */
export function notedCanister(directory: string): string | undefined {
  return readNote(directory, 'canister_id');
}

/** Notes the service's canister, for the next start. */
export function noteCanister(directory: string, canisterId: string): void {
  writeNote(directory, 'canister_id', canisterId);
}

/** Notes the network's key (DER in hex), by which files of the service are verified when it does not run. */
export function noteRootKey(directory: string, rootKey: string): void {
  writeNote(directory, 'root_key', rootKey);
}

function readNote(directory: string, name: Note): string | undefined {
  const path = join(directory, name);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  // An earlier version noted it in network.json alone.
  return readNetworkFile(directory)?.[name];
}

function writeNote(directory: string, name: Note, text: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), `${text}\n`);
}

/** What was written last; undefined where there is none. */
export function readNetworkFile(directory: string): NetworkFile | undefined {
  const path = networkFilePath(directory);
  if (!existsSync(path)) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`${path} is not valid JSON. Remove it and start again.`, { cause });
  }
  if (isNetworkFile(content)) return content;
  throw new CommandError(`${path} is not as ${START} writes it. Remove it and start again.`);
}

const FACTS = ['replica_url', 'root_key', 'canister_id', 'admin_pem', 'agent_pem', 'user_pem'];

function isNetworkFile(content: unknown): content is NetworkFile {
  if (typeof content !== 'object' || content === null) return false;
  const facts = new Map<string, unknown>(Object.entries(content));
  return FACTS.every((name) => typeof facts.get(name) === 'string');
}
