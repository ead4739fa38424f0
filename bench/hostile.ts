import { ingressFee } from '../src/replica/system-api/cycle-costs.ts';
import { METHODS } from '../tests/canister/support/candid-interface.ts';
import {
  HOSTILE_MESSAGES,
  type HostileMessage,
  hostileArguments,
} from '../tests/canister/support/hostile-messages.ts';
import { newAgent, newGrant } from '../tests/canister/support/records.ts';
import {
  ANONYMOUS,
  type MethodName,
  OWNER,
  ok,
  principal,
  STRANGER,
  WasmCanister,
} from '../tests/canister/support/wasm-canister.ts';

/** What the most costly message of a kind takes before it is refused, and the method that takes so long. */
export interface HostileCost {
  readonly kind: string;
  readonly method: string;
  readonly instructions: number;
  /** What the most costly one costs the canister, by who sends it to an honest node as an update; 0 where none is accepted. */
  readonly cycles: Readonly<Record<CallerKind, number>>;
}

/** Who may send what they like: nobody in particular, somebody whom nobody named, a user, and an agent that a user granted one type. */
export const CALLER_KINDS = ['anonymous', 'stranger', 'user', 'third-party agent'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

const USER = principal(80);
const THIRD_PARTY = principal(81);
const SENDERS = { anonymous: ANONYMOUS, stranger: STRANGER, user: USER, 'third-party agent': THIRD_PARTY };

const NAMES = [...METHODS.keys()] as MethodName[];

/** Entry points that an honest node runs before it accepts a message, which costs nothing. */
const INSPECTION = 'F';

/**
 * Sends every kind of hostile message to every method: from a caller who may call all of them, and past inspect_message, and as an update, queries
 * included, from each kind of caller who may not. Throws where one traps, or anything is stored.
 */
export async function measureHostile(): Promise<readonly HostileCost[]> {
  const worst = await worstPastInspection();
  const cycles = await worstCycles();
  return [...worst.values()].map((cost) => ({ ...cost, cycles: cyclesOf(cycles, cost.kind) }));
}

type Worst = Omit<HostileCost, 'cycles'>;

async function worstPastInspection(): Promise<ReadonlyMap<string, Worst>> {
  const canister = await WasmCanister.install({ agents: [OWNER], uninspected: true });
  try {
    const before = canister.stableDigest();
    const worst = new Map<string, Worst>();
    for (const method of NAMES) {
      for (const [kind, arg] of messagesTo(method)) {
        const instructions = await refusedFor(canister, method, [kind, arg]);
        if (instructions > (worst.get(kind)?.instructions ?? -1))
          worst.set(kind, { kind, method, instructions });
      }
    }
    if (canister.stableDigest() !== before) throw new Error('a hostile message was stored');
    return worst;
  } finally {
    await canister.close();
  }
}

/** By the kind of caller, then of message. */
async function worstCycles(): Promise<ReadonlyMap<string, number>> {
  const canister = await WasmCanister.install();
  try {
    const admin = { sender: OWNER };
    const agent = newAgent({ agent: THIRD_PARTY, scope: [{ granted_users: null }] });
    ok(await canister.call('add_agent', [agent], admin));
    const grant = newGrant({ user_id: USER.toText(), agent: THIRD_PARTY });
    ok(await canister.call('grant_agent', [grant], { sender: USER }));
    const before = canister.stableDigest();
    const worst = new Map<string, number>();
    for (const caller of CALLER_KINDS) {
      for (const method of NAMES) {
        for (const message of messagesTo(method)) {
          const key = `${caller} ${message[0]}`;
          const cost = await paidFor(canister, method, message, caller);
          worst.set(key, Math.max(worst.get(key) ?? 0, cost));
        }
      }
    }
    if (canister.stableDigest() !== before) throw new Error('a hostile message was stored');
    return worst;
  } finally {
    await canister.close();
  }
}

function cyclesOf(worst: ReadonlyMap<string, number>, kind: string): HostileCost['cycles'] {
  const of = (caller: CallerKind) => worst.get(`${caller} ${kind}`) ?? 0;
  return {
    anonymous: of('anonymous'),
    stranger: of('stranger'),
    user: of('user'),
    'third-party agent': of('third-party agent'),
  };
}

function messagesTo(method: MethodName): readonly HostileMessage[] {
  return [...HOSTILE_MESSAGES, ...hostileArguments(method)];
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

async function paidFor(
  canister: WasmCanister,
  method: MethodName,
  [kind, arg]: HostileMessage,
  caller: CallerKind,
): Promise<number> {
  await canister.advance(1_000_000_000n);
  canister.executions.length = 0;
  await canister.rawCall(method, arg, { sender: SENDERS[caller] });
  const paid = canister.executions.filter(({ entryPoint }) => entryPoint !== INSPECTION);
  if (paid.length === 0) return 0;
  if (paid.some(({ trapped }) => trapped)) throw new Error(`${method} of a ${caller} traps at ${kind}`);
  const executed = paid.reduce((sum, { cycles }) => sum + Number(cycles), 0);
  return executed + Number(ingressFee(method, arg));
}
