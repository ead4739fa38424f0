import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Principal } from '@dfinity/principal';
import { CommandError } from '../command-error.ts';

const CANISTER = 'agent_service';

type CanisterIds = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The service's canister on a network; undefined where it was not deployed yet. */
export function findCanisterId(path: string, network: string): Principal | undefined {
  const text = read(path)[CANISTER]?.[network];
  return text === undefined ? undefined : Principal.fromText(text);
}

/** Notes the service's canister on a network, beside what the file has. */
export function keepCanisterId(path: string, network: string, canisterId: Principal): void {
  const ids = read(path);
  const changed = { ...ids, [CANISTER]: { ...ids[CANISTER], [network]: canisterId.toText() } };
  writeFileSync(path, `${JSON.stringify(changed, null, 2)}\n`);
}

function read(path: string): CanisterIds {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CanisterIds;
  } catch (cause) {
    throw new CommandError(`${path} is not valid JSON.`, { cause });
  }
}
