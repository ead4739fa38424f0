import { equalBytes, utf8 } from '../../codec/bytes.ts';
import { EVERYWHERE } from '../entry-point.ts';
import type { ExecutionState } from '../execution-state.ts';
import { copyToGuest, guestBytes, readGuestText } from '../guest-memory.ts';
import { bytesFunctions, type HostFunctions, hostFunction } from '../host-function.ts';
import { violateContract } from '../trap.ts';

const STATUS_CODES = { running: 1, stopping: 2, stopped: 3 } as const;

function variableName(state: ExecutionState, index: number): Uint8Array {
  const name = [...state.start.canister.settings.environmentVariables.keys()][index];
  return utf8(name ?? violateContract(`there is no environment variable ${index}`));
}

function variableValue(state: ExecutionState, nameAt: number, nameSize: number): Uint8Array {
  const name = readGuestText(state, nameAt, nameSize);
  const value = state.start.canister.settings.environmentVariables.get(name);
  return utf8(value ?? violateContract(`there is no environment variable "${name}"`));
}

/** The canister itself: its id, state, controllers and environment ("Self-identification", "Environment variables"). */
export const canisterFunctions: HostFunctions = {
  ...bytesFunctions('canister_self', EVERYWHERE, ({ start }) => start.canister.id),
  ...bytesFunctions('subnet_self', EVERYWHERE, ({ start }) => start.network.subnetId),
  canister_status: hostFunction({
    params: [],
    result: 'i32',
    from: EVERYWHERE,
    run: ({ start }) => STATUS_CODES[start.canister.runState],
  }),
  canister_version: hostFunction({
    params: [],
    result: 'i64',
    from: EVERYWHERE,
    run: ({ start }) => start.canister.version,
  }),
  is_controller: hostFunction({
    params: ['I', 'I'],
    result: 'i32',
    from: [...EVERYWHERE, 's'],
    cost: 1_000,
    run: (state, source, size) => {
      const principal = guestBytes(state, source, size);
      const { controllers } = state.start.canister.settings;
      return controllers.some((controller) => equalBytes(controller, principal)) ? 1 : 0;
    },
  }),
  env_var_count: hostFunction({
    params: [],
    result: 'I',
    from: EVERYWHERE,
    run: ({ start }) => start.canister.settings.environmentVariables.size,
  }),
  env_var_name_size: hostFunction({
    params: ['I'],
    result: 'I',
    from: EVERYWHERE,
    run: (state, index) => variableName(state, index).length,
  }),
  env_var_name_copy: hostFunction({
    params: ['I', 'I', 'I', 'I'],
    from: EVERYWHERE,
    size: 3,
    run: (state, index, target, offset, size) =>
      copyToGuest(state, variableName(state, index), target, offset, size),
  }),
  env_var_name_exists: hostFunction({
    params: ['I', 'I'],
    result: 'i32',
    from: EVERYWHERE,
    run: (state, nameAt, nameSize) => {
      const name = readGuestText(state, nameAt, nameSize);
      return state.start.canister.settings.environmentVariables.has(name) ? 1 : 0;
    },
  }),
  env_var_value_size: hostFunction({
    params: ['I', 'I'],
    result: 'I',
    from: EVERYWHERE,
    run: (state, nameAt, nameSize) => variableValue(state, nameAt, nameSize).length,
  }),
  env_var_value_copy: hostFunction({
    params: ['I', 'I', 'I', 'I', 'I'],
    from: EVERYWHERE,
    size: 4,
    run: (state, nameAt, nameSize, target, offset, size) =>
      copyToGuest(state, variableValue(state, nameAt, nameSize), target, offset, size),
  }),
};
