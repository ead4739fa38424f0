import { type EntryPoint, EVERYWHERE, isReplicated } from '../entry-point.ts';
import { guestBytes } from '../guest-memory.ts';
import { type HostFunctions, hostFunction } from '../host-function.ts';
import { Trap, violateContract } from '../trap.ts';

const ALWAYS: readonly EntryPoint[] = [...EVERYWHERE, 's'];
/** What is kept of a message; the rest helps nobody, and could be as large as the memory. */
const MAX_TRAP_MESSAGE_BYTES = 16 * 1024;
const lossyDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Time, timer, counters, and what helps to debug ("Time", "Global timer", "Performance counter", "Debugging aids"). */
export const systemFunctions: HostFunctions = {
  time: hostFunction({
    params: [],
    result: 'i64',
    from: EVERYWHERE,
    run: ({ start }) => start.network.time,
  }),
  global_timer_set: hostFunction({
    params: ['i64'],
    result: 'i64',
    from: ['I', 'G', 'U', 'Ry', 'Rt', 'C', 'T'],
    run: (state, time) => {
      const before = state.globalTimer;
      state.globalTimer = time;
      return before;
    },
  }),
  performance_counter: hostFunction({
    params: ['i32'],
    result: 'i64',
    from: ALWAYS,
    cost: 200,
    run: (state, type) => {
      if (type === 0) return state.instructions;
      if (type === 1) return state.start.earlierInstructions + state.instructions;
      return violateContract(`ic0.performance_counter: there is no counter ${type}`);
    },
  }),
  in_replicated_execution: hostFunction({
    params: [],
    result: 'i32',
    from: ALWAYS,
    run: ({ start }) => (isReplicated(start.entryPoint) ? 1 : 0),
  }),
  debug_print: hostFunction({
    params: ['I', 'I'],
    from: ALWAYS,
    cost: 100,
    size: 1,
    run: (state, source, size) => {
      const { network, canister } = state.start;
      const limit = Number(canister.settings.logMemoryLimit);
      state.printed.append(network.time, guestBytes(state, source, size), limit);
    },
  }),
  trap: hostFunction({
    params: ['I', 'I'],
    from: ALWAYS,
    size: 1,
    run: (state, source, size) => {
      const message = guestBytes(state, source, size).subarray(0, MAX_TRAP_MESSAGE_BYTES);
      throw new Trap('called-trap', lossyDecoder.decode(message));
    },
  }),
};
