import type { EntryPoint } from '../entry-point.ts';
import { EVERYWHERE } from '../entry-point.ts';
import type { ExecutionState } from '../execution-state.ts';
import { joinAmount, writeAmount } from '../guest-memory.ts';
import { type HostFunctions, hostFunction } from '../host-function.ts';
import { violateContract } from '../trap.ts';

const ACCEPTING: readonly EntryPoint[] = ['U', 'RQ', 'Ry', 'Rt'];
const REFUNDED: readonly EntryPoint[] = ['Ry', 'Rt'];
const MAX_U64 = (1n << 64n) - 1n;

/** As much of the call's cycles as there is, up to `most`. */
function accept(state: ExecutionState, most: bigint): bigint {
  const amount = most < state.acceptableCycles ? most : state.acceptableCycles;
  state.cyclesAvailable -= amount;
  state.cycles += amount;
  return amount;
}

function burn(state: ExecutionState, most: bigint): bigint {
  const amount = most < state.liquidCycles ? most : state.liquidCycles;
  state.cycles -= amount;
  state.burned += amount;
  return amount;
}

/** For the functions of 64 bits, which cannot tell of more. */
function fit64(amount: bigint, name: string): bigint {
  return amount > MAX_U64 ? violateContract(`ic0.${name}: the amount does not fit into 64 bits`) : amount;
}

/** The canister's balance, and cycles that come with calls ("Cycles"). */
export const cyclesFunctions: HostFunctions = {
  canister_cycle_balance128: hostFunction({
    params: ['I'],
    from: EVERYWHERE,
    run: (state, target) => writeAmount(state, target, state.cycles),
  }),
  canister_cycle_balance: hostFunction({
    params: [],
    result: 'i64',
    from: EVERYWHERE,
    run: (state) => fit64(state.cycles, 'canister_cycle_balance'),
  }),
  canister_liquid_cycle_balance128: hostFunction({
    params: ['I'],
    from: EVERYWHERE,
    run: (state, target) => writeAmount(state, target, state.liquidCycles),
  }),
  msg_cycles_available128: hostFunction({
    params: ['I'],
    from: ACCEPTING,
    run: (state, target) => writeAmount(state, target, state.acceptableCycles),
  }),
  msg_cycles_available: hostFunction({
    params: [],
    result: 'i64',
    from: ACCEPTING,
    run: (state) => fit64(state.acceptableCycles, 'msg_cycles_available'),
  }),
  msg_cycles_refunded128: hostFunction({
    params: ['I'],
    from: REFUNDED,
    run: (state, target) => writeAmount(state, target, state.start.input.cyclesRefunded ?? 0n),
  }),
  msg_cycles_refunded: hostFunction({
    params: [],
    result: 'i64',
    from: REFUNDED,
    run: ({ start }) => fit64(start.input.cyclesRefunded ?? 0n, 'msg_cycles_refunded'),
  }),
  msg_cycles_accept128: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ACCEPTING,
    run: (state, high, low, target) => writeAmount(state, target, accept(state, joinAmount(high, low))),
  }),
  msg_cycles_accept: hostFunction({
    params: ['i64'],
    result: 'i64',
    from: ACCEPTING,
    run: (state, most) => accept(state, most),
  }),
  cycles_burn128: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ['I', 'G', 'U', 'RQ', 'Ry', 'Rt', 'C', 'T'],
    run: (state, high, low, target) => writeAmount(state, target, burn(state, joinAmount(high, low))),
  }),
};
