import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Principal } from '@dfinity/principal';
import { whyUnreadable, whyUnwritable } from '../files/why-unreadable.ts';
import { CommandError } from '../terminal/command-error.ts';
import { withoutSecrets as shown } from '../terminal/without-secrets.ts';

const CANISTER = 'agent_service';

type CanisterIds = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The service's canister on a network; undefined where it was not deployed yet. */
export function findCanisterId(path: string, network: string): Principal | undefined {
  const text = read(path)[CANISTER]?.[network];
  if (text === undefined) return undefined;
  try {
    return Principal.fromText(text);
  } catch (cause) {
    throw new CommandError(`--canister-ids: ${shown(path)} has no canister's id for ${network}.`, { cause });
  }
}

/** Throws a `CommandError` where no id can be noted in the file: told before a canister is made that is paid for. */
export function checkNotable(path: string): void {
  try {
    accessSync(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK);
  } catch (cause) {
    throw new CommandError(`--canister-ids: ${shown(path)} cannot be written: ${whyUnwritable(cause)}.`, {
      cause,
    });
  }
}

/** Notes the service's canister on a network, beside what the file has. */
export function keepCanisterId(path: string, network: string, canisterId: Principal): void {
  const ids = read(path);
  const changed = { ...ids, [CANISTER]: { ...ids[CANISTER], [network]: canisterId.toText() } };
  writeFileSync(path, `${JSON.stringify(changed, null, 2)}\n`);
}

function read(path: string): CanisterIds {
  if (!existsSync(path)) return {};
  let ids: unknown;
  try {
    ids = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = whyUnreadable(cause);
    throw new CommandError(
      `--canister-ids: ${shown(path)} ${reason === undefined ? 'is not valid JSON' : `cannot be read: ${reason}`}.`,
      { cause },
    );
  }
  if (isCanisterIds(ids)) return ids;
  throw new CommandError(
    `--canister-ids: ${shown(path)} is not as dfx writes it: {"${CANISTER}": {"ic": "the canister's id"}}.`,
  );
}

function isCanisterIds(value: unknown): value is CanisterIds {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (ids) => isRecord(ids) && Object.values(ids).every((id) => typeof id === 'string'),
    )
  );
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
