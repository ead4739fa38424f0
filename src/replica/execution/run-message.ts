import { utf8 } from '../codec/bytes.ts';
import type { Reject } from '../messages/outcome.ts';
import type { CallContext } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { EntryPoint } from '../system-api/entry-point.ts';
import type { ExecutionState, MessageInput } from '../system-api/execution-state.ts';
import type { Trap } from '../system-api/trap.ts';
import type { CanisterInstance } from './canister-instance.ts';
import { consume, noteConsumed } from './consume.ts';
import { outOfCycles, trapReject } from './rejects.ts';
import { checkSenderVersions } from './sender-version.ts';
import { startExecution } from './start-execution.ts';
import { type ExecutionWorld, frozenCycles } from './world.ts';

const RESPONSES: ReadonlySet<EntryPoint> = new Set(['Ry', 'Rt', 'C']);

/** A message of a call, and how to run it. */
export interface MessageRun {
  readonly canister: Canister;
  readonly code: InstalledCode;
  readonly context: CallContext;
  readonly entryPoint: EntryPoint;
  readonly input: MessageInput;
  readonly body: (instance: CanisterInstance, state: ExecutionState) => Trap | undefined;
}

/** How a message ended: its changes are committed, or all of them are undone. */
export type MessageResult =
  | { readonly kind: 'completed'; readonly state: ExecutionState }
  | { readonly kind: 'failed'; readonly reject: Reject };

/**
 * Runs one message in replicated mode and commits what it did, or undoes it when it trapped. A replicated query keeps
 * only the cycles that it accepted. The fee for as many instructions as it may take is held back while it runs.
 */
export function runMessage(world: ExecutionWorld, run: MessageRun): MessageResult {
  const { canister, code, context, entryPoint, input } = run;
  const instructionLimit = world.limits[entryPoint];
  const instance = world.instances.of(code);
  const heldBack = world.costs.execution(instructionLimit, instance.memory64);
  // A response is executed also when the canister is frozen by now.
  const needed = RESPONSES.has(entryPoint) ? heldBack : heldBack + frozenCycles(world, canister);
  if (canister.cycles < needed) {
    return { kind: 'failed', reject: outOfCycles(canister.id, needed - canister.cycles) };
  }
  const state = startExecution(world, canister, {
    entryPoint,
    input,
    instance,
    instructionLimit,
    cycles: canister.cycles - heldBack,
    cyclesAvailable: context.cyclesAvailable,
    responded: context.responded,
    earlierInstructions: context.instructions,
  });
  const trap = run.body(instance, state) ?? checkSenderVersions(state.calls, canister.version);

  const instructions = state.instructions < instructionLimit ? state.instructions : instructionLimit;
  const fee = world.costs.execution(instructions, instance.memory64);
  context.instructions += instructions;
  keepLog(canister, state, trap);
  world.executed({
    canisterId: canister.id,
    entryPoint,
    methodName: input.methodName,
    instructions,
    cycles: fee,
    trapped: trap !== undefined,
  });
  if (trap !== undefined) {
    world.instances.rollBack(code);
    consume(world, canister, 'instructions', fee);
    world.outbox.changed(canister);
    return { kind: 'failed', reject: trapReject(canister.id, trap, instructionLimit) };
  }
  // A call that was begun and not performed takes nothing.
  canister.cycles = state.cycles + (state.pendingCall?.cycles ?? 0n) + heldBack;
  consume(world, canister, 'instructions', fee);
  noteConsumed(world, canister, 'burned_cycles', state.burned);
  context.cyclesAvailable = state.cyclesAvailable;
  if (entryPoint === 'RQ') {
    world.instances.rollBack(code);
  } else {
    instance.saveTo(code);
    state.start.stable.commit();
    canister.certifiedData = state.certifiedData ?? canister.certifiedData;
    canister.globalTimer = state.globalTimer;
    canister.version += 1n;
  }
  world.outbox.changed(canister);
  return { kind: 'completed', state };
}

/** What was printed is kept also when the message traps, and then the reason too. */
export function keepLog(
  canister: Canister,
  { printed, start }: ExecutionState,
  trap: Trap | undefined,
): void {
  const limit = Number(canister.settings.logMemoryLimit);
  const lines = printed.records.map(({ content }) => content);
  if (trap !== undefined) lines.push(utf8(`[TRAP]: ${trap.message || trap.reason}`));
  for (const line of lines) canister.log.append(start.network.time, line, limit);
}
