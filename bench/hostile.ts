import { METHODS } from '../tests/canister/support/candid-interface.ts';
import {
  HOSTILE_MESSAGES,
  type HostileMessage,
  hostileArguments,
} from '../tests/canister/support/hostile-messages.ts';
import { type MethodName, OWNER, WasmCanister } from '../tests/canister/support/wasm-canister.ts';

/** What the most costly message of a kind takes before it is refused, and the method that takes so long. */
export interface HostileCost {
  readonly kind: string;
  readonly method: string;
  readonly instructions: number;
}

const NAMES = [...METHODS.keys()] as MethodName[];

/**
 * Sends every kind of hostile message to every method, from a caller who may call all of them, and past inspect_message. Throws where one traps, or
 * anything is stored.
 */
export async function measureHostile(): Promise<readonly HostileCost[]> {
  const canister = await WasmCanister.install({ agents: [OWNER], uninspected: true });
  try {
    const before = canister.stableDigest();
    const worst = new Map<string, HostileCost>();
    for (const method of NAMES) {
      for (const [kind, arg] of [...HOSTILE_MESSAGES, ...hostileArguments(method)]) {
        const instructions = await refusedFor(canister, method, [kind, arg]);
        if (instructions > (worst.get(kind)?.instructions ?? -1))
          worst.set(kind, { kind, method, instructions });
      }
    }
    if (canister.stableDigest() !== before) throw new Error('a hostile message was stored');
    return [...worst.values()];
  } finally {
    await canister.close();
  }
}

async function refusedFor(
  canister: WasmCanister,
  method: MethodName,
  [kind, arg]: HostileMessage,
): Promise<number> {
  // Once a second, so that no rate is reached.
  await canister.advance(1_000_000_000n);
  canister.executions.length = 0;
  await canister.rawSend(method, arg, { sender: OWNER });
  if (canister.executions.some(({ trapped }) => trapped)) throw new Error(`${method} traps at ${kind}`);
  return Math.max(...canister.executions.map(({ instructions }) => Number(instructions)));
}
