import { equalBytes } from '../codec/bytes.ts';
import type { Message } from '../messages/message.ts';
import type { Outcome } from '../messages/outcome.ts';
import type { CallContext } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import { StableMemory } from '../state/stable-memory.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { ExecutionState, MessageInput, OutgoingCall } from '../system-api/execution-state.ts';
import type { Trap } from '../system-api/trap.ts';
import type { CanisterInstance } from './canister-instance.ts';
import { callbackInput } from './execute-response.ts';
import { MAX_QUERY_DEPTH } from './limits.ts';
import { messageForQuery, noMethod, noReply, queryTooDeep, rejected, trapReject } from './rejects.ts';
import { countQuery, findQueried, type QueryTree, runQuery } from './run-query.ts';
import { toOutcome } from './settle.ts';
import { startExecution } from './start-execution.ts';
import type { ExecutionWorld } from './world.ts';

/**
 * Answers a composite query ("Composite query"): it may call queries of other canisters and of its own. It runs in an
 * instance of its own, which keeps its state between its callbacks and is thrown away at the end.
 */
export function executeCompositeQuery(
  world: ExecutionWorld,
  message: Message,
  tree: QueryTree = { root: message.canisterId, instructionsLeft: world.limits.CQ },
  depth = 0,
): Outcome {
  const { canisterId, methodName } = message;
  const found = findQueried(world, canisterId);
  if ('errorCode' in found) return rejected(found);
  const { exports } = world.instances.moduleOf(found.code);
  if (exports.queries.has(methodName)) return runQuery(world, found.canister, found.code, message, tree);
  if (!exports.compositeQueries.has(methodName)) return rejected(noMethod(canisterId, 'query', methodName));
  if (depth >= MAX_QUERY_DEPTH) return rejected(queryTooDeep(canisterId, MAX_QUERY_DEPTH));
  return new CompositeQuery({ world, ...found, message, tree, depth }).run();
}

interface CompositeQueryStart {
  readonly world: ExecutionWorld;
  readonly canister: Canister;
  readonly code: InstalledCode;
  readonly message: Message;
  readonly tree: QueryTree;
  readonly depth: number;
}

class CompositeQuery {
  readonly #world: ExecutionWorld;
  readonly #canister: Canister;
  readonly #message: Message;
  readonly #tree: QueryTree;
  readonly #depth: number;
  readonly #instance: CanisterInstance;
  readonly #stable: StableMemory;
  readonly #context: CallContext;
  readonly #calls: OutgoingCall[] = [];

  constructor({ world, canister, code, message, tree, depth }: CompositeQueryStart) {
    this.#world = world;
    this.#canister = canister;
    this.#message = message;
    this.#tree = tree;
    this.#depth = depth;
    this.#instance = world.instances.fork(code);
    this.#stable = new StableMemory(canister.stable);
    this.#context = {
      id: 0n,
      origin: {
        kind: 'ingress',
        sender: message.sender,
        requestId: new Uint8Array(),
        callerInfo: message.callerInfo,
      },
      cyclesAvailable: 0n,
      responded: false,
      outstandingCalls: 0,
      instructions: 0n,
      deleted: false,
    };
  }

  run(): Outcome {
    const { sender, callerInfo, methodName, arg } = this.#message;
    let outcome = this.#execute('CQ', { caller: sender, callerInfo, arg, methodName }, (state) =>
      this.#instance.runExport(state, `canister_composite_query ${methodName}`),
    );
    // Once there is an answer, calls that are left have nothing to add to it.
    for (let call = this.#calls.shift(); outcome === undefined && call !== undefined; ) {
      outcome = this.#respond(call);
      call = this.#calls.shift();
    }
    outcome ??= rejected(noReply(this.#canister.id));
    countQuery(this.#canister, this.#context.instructions, this.#message, outcome);
    return outcome;
  }

  #respond(call: OutgoingCall): Outcome | undefined {
    const { callee, methodName, arg, onReply, onReject } = call;
    const message = { sender: this.#canister.id, canisterId: callee, methodName, arg };
    // The management canister's id has no bytes.
    const response =
      callee.length === 0
        ? this.#world.queryManagement(message)
        : executeCompositeQuery(this.#world, message, this.#tree, this.#depth + 1);
    const replied = response.kind === 'replied';
    return this.#execute(
      replied ? 'CRy' : 'CRt',
      callbackInput(this.#context, response, 0n, messageForQuery),
      (state) => this.#instance.runClosure(state, replied ? onReply : onReject),
    );
  }

  /** Runs one part. Returns an answer, undefined where this part gives none. */
  #execute(
    entryPoint: EntryPoint,
    input: MessageInput,
    body: (state: ExecutionState) => Trap | undefined,
  ): Outcome | undefined {
    const instructionLimit = this.#tree.instructionsLeft;
    const state = startExecution(this.#world, this.#canister, {
      entryPoint,
      input,
      instance: this.#instance,
      stable: this.#stable,
      instructionLimit,
      responded: this.#context.responded,
      earlierInstructions: this.#context.instructions,
      seesCertificate: entryPoint === 'CQ' && equalBytes(this.#canister.id, this.#tree.root),
    });
    const trap = body(state);
    const { instructions } = state;
    this.#context.instructions += instructions;
    this.#tree.instructionsLeft -= instructions;
    this.#world.executed({
      canisterId: this.#canister.id,
      entryPoint,
      methodName: input.methodName,
      instructions,
      cycles: 0n,
      trapped: trap !== undefined,
    });
    if (trap !== undefined) {
      // A trap ends the query: its instance cannot go back to where it was.
      return rejected(trapReject(this.#canister.id, trap, this.#world.limits[entryPoint]));
    }
    this.#calls.push(...state.calls);
    if (state.response === undefined) return undefined;
    this.#context.responded = true;
    return toOutcome(state.response);
  }
}
