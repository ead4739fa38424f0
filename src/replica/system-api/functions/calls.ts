import { equalBytes, utf8 } from '../../codec/bytes.ts';
import { type EntryPoint, isReplicated } from '../entry-point.ts';
import type { ExecutionState, OutgoingCall, PendingCall } from '../execution-state.ts';
import { guestBytes, joinAmount, readGuest, readGuestText } from '../guest-memory.ts';
import { type HostFunctions, hostFunction } from '../host-function.ts';
import { Payload } from '../payload.ts';
import { violateContract } from '../trap.ts';

const CALLING: readonly EntryPoint[] = ['U', 'CQ', 'Ry', 'Rt', 'CRy', 'CRt', 'T'];
const PAYING: readonly EntryPoint[] = ['U', 'Ry', 'Rt', 'T'];

/** The most that a call has, its method's name included: what goes to another subnet has to fit into a block with others. */
const MAX_LOCAL_BYTES = 10 * 1024 * 1024;
const MAX_REMOTE_BYTES = 2 * 1024 * 1024;
const MAX_PRINCIPAL_BYTES = 29;
/** Longer wishes are cut to this ("call_with_best_effort_response"). */
const MAX_TIMEOUT_SECONDS = 300;
/** Calls to one canister that may wait for their responses. */
const MAX_CALLS_TO_ONE = 500;
/** What `call_perform` answers where the call cannot be made: SYS_TRANSIENT. */
const NOT_PERFORMED = 2;

function pending(state: ExecutionState, name: string): PendingCall {
  return state.pendingCall ?? violateContract(`ic0.${name} called when no call is under construction`);
}

/** A call that is given up takes no cycles with it. */
function abandon(state: ExecutionState): void {
  state.cycles += state.pendingCall?.cycles ?? 0n;
  state.pendingCall = undefined;
}

function addCycles(state: ExecutionState, name: string, amount: bigint): void {
  const call = pending(state, name);
  if (amount > state.liquidCycles) {
    violateContract(`ic0.${name}: ${amount} cycles requested, ${state.liquidCycles} are there to be sent`);
  }
  state.cycles -= amount;
  call.cycles += amount;
}

/** Traps where a call to another subnet is larger than what subnets send each other. */
function requireFitsInto(
  { start }: ExecutionState,
  call: Pick<OutgoingCall, 'callee' | 'methodName' | 'arg'>,
): void {
  const size = utf8(call.methodName).length + call.arg.length;
  if (size <= MAX_REMOTE_BYTES || start.network.isElsewhere?.(call) !== true) return;
  violateContract(
    `ic0.call_perform: size of message ${size} destined to another subnet cannot exceed ${MAX_REMOTE_BYTES}`,
  );
}

/** Calls to the canister that have no response yet, those of this message included. */
function callsTo({ start, calls }: ExecutionState, callee: Uint8Array): number {
  const own = calls.filter((call) => equalBytes(call.callee, callee)).length;
  return start.canister.outstandingCallsTo(callee) + own;
}

/** Calls to other canisters ("Inter-canister method calls"). */
export const callFunctions: HostFunctions = {
  call_new: hostFunction({
    params: ['I', 'I', 'I', 'I', 'word', 'word', 'word', 'word'],
    from: CALLING,
    cost: 1_500,
    run: (state, calleeAt, calleeSize, nameAt, nameSize, replyFun, replyEnv, rejectFun, rejectEnv) => {
      abandon(state);
      if (calleeSize > MAX_PRINCIPAL_BYTES) violateContract('ic0.call_new: the callee is not a principal');
      state.pendingCall = {
        callee: readGuest(state, calleeAt, calleeSize),
        methodName: readGuestText(state, nameAt, nameSize),
        arg: new Payload(MAX_LOCAL_BYTES - nameSize),
        cycles: 0n,
        onReply: { fun: replyFun, env: replyEnv },
        onReject: { fun: rejectFun, env: rejectEnv },
        onCleanup: undefined,
        timeoutSeconds: undefined,
      };
    },
  }),
  call_on_cleanup: hostFunction({
    params: ['word', 'word'],
    from: CALLING,
    run: (state, fun, env) => {
      const call = pending(state, 'call_on_cleanup');
      if (call.onCleanup !== undefined) violateContract('ic0.call_on_cleanup can be called at most once');
      call.onCleanup = { fun, env };
    },
  }),
  call_data_append: hostFunction({
    params: ['I', 'I'],
    from: CALLING,
    size: 1,
    run: (state, source, size) => {
      const { arg } = pending(state, 'call_data_append');
      arg.append('call_data_append', size, () => guestBytes(state, source, size));
    },
  }),
  call_with_best_effort_response: hostFunction({
    params: ['i32'],
    from: CALLING,
    run: (state, seconds) => {
      const call = pending(state, 'call_with_best_effort_response');
      if (call.timeoutSeconds !== undefined) {
        violateContract('ic0.call_with_best_effort_response can be called at most once');
      }
      call.timeoutSeconds = Math.min(seconds, MAX_TIMEOUT_SECONDS);
    },
  }),
  call_cycles_add128: hostFunction({
    params: ['i64', 'i64'],
    from: PAYING,
    run: (state, high, low) => addCycles(state, 'call_cycles_add128', joinAmount(high, low)),
  }),
  call_cycles_add: hostFunction({
    params: ['i64'],
    from: PAYING,
    run: (state, amount) => addCycles(state, 'call_cycles_add', amount),
  }),
  call_perform: hostFunction({
    params: [],
    result: 'i32',
    from: CALLING,
    cost: 5_000,
    run: (state) => {
      const call = pending(state, 'call_perform');
      const arg = call.arg.toBytes();
      requireFitsInto(state, { ...call, arg });
      // Queries are free, and so are the calls that they make.
      const { entryPoint, instance, network } = state.start;
      const cost = isReplicated(entryPoint)
        ? network.costs.call(call.methodName, arg) + network.costs.responseReserve(instance.memory64)
        : 0n;
      if (cost > state.liquidCycles || callsTo(state, call.callee) >= MAX_CALLS_TO_ONE) {
        abandon(state);
        return NOT_PERFORMED;
      }
      state.pendingCall = undefined;
      state.cycles -= cost;
      state.calls.push({ ...call, arg });
      return 0;
    },
  }),
};
