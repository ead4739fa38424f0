import { equalBytes, utf8 } from '../codec/bytes.ts';
import type { Message } from '../messages/message.ts';
import type { Outcome, Reject } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { ExecutionState } from '../system-api/execution-state.ts';
import type { Trap } from '../system-api/trap.ts';
import {
  canisterFrozen,
  canisterNotFound,
  noMethod,
  noModule,
  noReply,
  notRunning,
  rejected,
  stoppedForQueries,
  trapReject,
} from './rejects.ts';
import { toOutcome } from './settle.ts';
import { startExecution } from './start-execution.ts';
import { type ExecutionWorld, frozenCycles } from './world.ts';

/** A canister that answers queries, or why it does not. */
export function findQueried(
  world: ExecutionWorld,
  id: Uint8Array,
): { readonly canister: Canister; readonly code: InstalledCode } | Reject {
  const canister = world.canisters.get(id);
  if (canister === undefined) return canisterNotFound(id);
  if (canister.runState === 'stopped') return stoppedForQueries(id);
  if (canister.runState === 'stopping') return notRunning(id, canister.runState);
  if (canister.code === undefined) return noModule(id);
  return canister.cycles < frozenCycles(world, canister)
    ? canisterFrozen(id)
    : { canister, code: canister.code };
}

/** Who calls the query that the response of an outcall goes through. */
const MANAGEMENT_CANISTER = new Uint8Array();

/** Runs the query that the response of an HTTP outcall goes through ("IC method http_request"), and counts its instructions. */
export function executeTransform(
  world: ExecutionWorld,
  message: Omit<Message, 'sender'>,
): { readonly outcome: Outcome; readonly instructions: bigint } {
  const { canisterId, methodName } = message;
  const found = findQueried(world, canisterId);
  if ('errorCode' in found) return { outcome: rejected(found), instructions: 0n };
  const { queries } = world.instances.moduleOf(found.code).exports;
  if (!queries.has(methodName)) {
    return { outcome: rejected(noMethod(canisterId, 'query', methodName)), instructions: 0n };
  }
  const limit = world.limits.TQ;
  const tree: QueryTree = { root: canisterId, instructionsLeft: limit, entryPoint: 'TQ' };
  const asked = { ...message, sender: MANAGEMENT_CANISTER };
  const outcome = runQuery(world, found.canister, found.code, asked, tree);
  return { outcome, instructions: limit - tree.instructionsLeft };
}

/** A query of a client with all the queries that it causes: their instructions are limited together. */
export interface QueryTree {
  /** The canister that the client asked; it alone sees a certificate. */
  readonly root: Uint8Array;
  instructionsLeft: bigint;
  /** NRQ unless told. */
  readonly entryPoint?: 'TQ';
}

/** Runs a query method that exists. */
export function runQuery(
  world: ExecutionWorld,
  canister: Canister,
  code: InstalledCode,
  message: Message,
  tree: QueryTree = { root: canister.id, instructionsLeft: world.limits.NRQ },
): Outcome {
  const { sender, callerInfo, methodName, arg } = message;
  const { root, entryPoint = 'NRQ' } = tree;
  const instance = world.instances.of(code);
  const instructionLimit = tree.instructionsLeft;
  const state = startExecution(world, canister, {
    entryPoint,
    input: { caller: sender, callerInfo, arg, methodName },
    instance,
    instructionLimit,
    seesCertificate: equalBytes(canister.id, root),
  });
  const trap = instance.runExport(state, `canister_query ${methodName}`);
  const { instructions } = state;
  world.instances.rollBack(code);
  tree.instructionsLeft -= instructions;
  world.executed({
    canisterId: canister.id,
    entryPoint,
    methodName,
    instructions,
    cycles: 0n,
    trapped: trap !== undefined,
  });
  const outcome = outcomeOf(canister, state, trap, world.limits.NRQ);
  countQuery(canister, instructions, message, outcome);
  return outcome;
}

function outcomeOf(
  { id }: Canister,
  { response }: ExecutionState,
  trap: Trap | undefined,
  limit: bigint,
): Outcome {
  if (trap !== undefined) return rejected(trapReject(id, trap, limit));
  return response === undefined ? rejected(noReply(id)) : toOutcome(response);
}

/** Adds a query to the canister's statistics. */
export function countQuery(
  { queryStats }: Canister,
  instructions: bigint,
  { arg }: Message,
  outcome: Outcome,
): void {
  queryStats.calls += 1n;
  queryStats.instructions += instructions;
  queryStats.requestBytes += BigInt(arg.length);
  queryStats.replyBytes += BigInt(
    outcome.kind === 'replied' ? outcome.reply.length : utf8(outcome.reject.message).length,
  );
}
