import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Principal } from '@dfinity/principal';
import { GITHUB } from '../tests/canister/support/records.ts';
import {
  AGENT,
  decodeReply,
  encodeArgs,
  encodeInit,
  ok,
  type WasmCanister,
} from '../tests/canister/support/wasm-canister.ts';
import { BareCanister } from './bare-canister.ts';

/** The built canister. */
export const BUILT = join(import.meta.dirname, '../.azle/agent_service/agent_service.wasm');

const METHOD = 'store_agent_interaction';
const MILLISECOND = 1_000_000n;
/** After how many interactions progress is told. */
const TOLD = 20_000;

/**
 * Stores interactions of 100 and 300 bytes until there are `to`: every second is user-1's, the others those of a hundred users. Returns the ids of
 * user-1's.
 */
export async function fill(canister: WasmCanister, from: number, to: number): Promise<readonly string[]> {
  const ids: string[] = [];
  const users = Array.from({ length: 200 }, (_, i) => argsOf(i % 2 === 0 ? 'user-1' : `other-${i}`));
  await storeMany(canister, AGENT, (send) => {
    for (let at = from; at < to; at++) {
      const id = send(users[at % users.length] ?? new Uint8Array());
      if (at % 2 === 0) ids.push(id);
      if ((at + 1) % TOLD === 0) tell(at + 1, to);
    }
  });
  return ids;
}

/**
 * Stores many interactions as `caller`: each is a message of its own, executed by the canister's code on its stable memory; without metering and a way
 * back it takes a third of the time.
 */
export async function storeMany(
  canister: WasmCanister,
  caller: Principal,
  work: (send: (arg: Uint8Array) => string) => void,
): Promise<void> {
  const start = canister.now();
  let end = start;
  await canister.changeStable((stable) => {
    const bare = new BareCanister({
      module: new Uint8Array(readFileSync(BUILT)),
      id: canister.id.toUint8Array(),
      caller: caller.toUint8Array(),
      time: start,
      step: MILLISECOND,
      stable,
    });
    bare.run('I', 'canister_post_upgrade', encodeInit(undefined));
    work((arg) => {
      const reply = bare.run('U', `canister_update ${METHOD}`, arg);
      return ok(decodeReply(METHOD, { kind: 'replied', reply }));
    });
    end = bare.time;
  });
  await canister.advance(end - start);
  // Reports of what the clock let run are not needed.
  canister.executions.length = 0;
}

function argsOf(userId: string): Uint8Array {
  return encodeArgs(METHOD, [userId, GITHUB, 'm'.repeat(100), 'r'.repeat(300), true, []]);
}

function tell(stored: number, of: number): void {
  console.log(`stored ${stored.toLocaleString('en')} of ${of.toLocaleString('en')} interactions`);
}
