import { inspect } from 'node:util';
import { ingressFee } from '../src/replica/system-api/cycle-costs.ts';
import { createSession, GITHUB } from '../tests/canister/support/records.ts';
import {
  type Args,
  decodeReply,
  encodeArgs,
  isQuery,
  type WasmCanister,
} from '../tests/canister/support/wasm-canister.ts';
import { CALLS, type MeasuredCall, type Subjects } from './calls.ts';

/** What a call costs beside `n` stored interactions. */
export interface CallCost {
  readonly method: string;
  readonly n: number;
  /** By the Internet Computer's weights; the median of several runs, since a page of a map splits now and then. */
  readonly instructions: number;
  /** Of an application subnet of 13 nodes: receiving and executing the message; a query is free. */
  readonly cycles: number;
  readonly reply_bytes: number;
}

const RUNS = 7;

/** Measures every call beside `n` stored interactions, of which `ids` are user-1's. */
export async function measure(
  canister: WasmCanister,
  n: number,
  ids: readonly string[],
): Promise<readonly CallCost[]> {
  const session = await createSession(canister);
  await canister.call('store_agent_credentials', ['user-1', GITHUB, 't', [], [], [], [], []]);
  const subjects = { session, middle: ids[ids.length >> 1] ?? '' };
  const costs: CallCost[] = [];
  for (const each of CALLS)
    costs.push({ method: each.name, n, ...(await measureCall(canister, each, subjects)) });
  return costs;
}

/** Measures one call; the median of several runs. */
export async function measureCall(
  canister: WasmCanister,
  { method, args, prepare }: MeasuredCall,
  subjects: Subjects,
): Promise<Pick<CallCost, 'instructions' | 'cycles' | 'reply_bytes'>> {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const session = prepare === undefined ? subjects.session : await prepare(canister);
    // `CALLS` has the arguments that its method takes.
    const arg = encodeArgs(method, args({ ...subjects, session }) as Args<typeof method>);
    const outcome = await canister.rawSend(method, arg);
    const result: unknown = decodeReply(method, outcome);
    if (typeof result === 'object' && result !== null && 'Err' in result) {
      throw new Error(`${method} was refused: ${inspect(result.Err)}`);
    }
    const instructions = canister.instructionsOf(method);
    const report = canister.executions.findLast(({ methodName }) => methodName === method);
    const received = isQuery(method) ? 0n : ingressFee(method, arg);
    runs.push({
      instructions,
      cycles: Number((report?.cycles ?? 0n) + received),
      reply_bytes: outcome.kind === 'replied' ? outcome.reply.length : 0,
    });
  }
  const median = runs.toSorted((a, b) => a.instructions - b.instructions)[RUNS >> 1];
  if (median === undefined) throw new Error(`${method} was not measured`);
  return median;
}
