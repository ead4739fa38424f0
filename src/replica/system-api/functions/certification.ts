import { EVERYWHERE } from '../entry-point.ts';
import type { ExecutionState } from '../execution-state.ts';
import { readGuest } from '../guest-memory.ts';
import { bytesFunctions, type HostFunctions, hostFunction } from '../host-function.ts';
import { violateContract } from '../trap.ts';

/** The most that a canister has certified. */
export const MAX_CERTIFIED_BYTES = 32;

function certificate({ start }: ExecutionState): Uint8Array {
  return start.network.dataCertificate?.() ?? violateContract('there is no data certificate here');
}

/** Data that the network certifies for the canister ("Certified data"). */
export const certificationFunctions: HostFunctions = {
  ...bytesFunctions('data_certificate', ['NRQ', 'CQ'], certificate),
  ...bytesFunctions(
    'root_key',
    ['I', 'G', 'U', 'RQ', 'Ry', 'Rt', 'C', 'T'],
    ({ start }) => start.network.rootKey,
  ),
  data_certificate_present: hostFunction({
    params: [],
    result: 'i32',
    from: EVERYWHERE,
    run: ({ start }) => (start.network.dataCertificate === undefined ? 0 : 1),
  }),
  certified_data_set: hostFunction({
    params: ['I', 'I'],
    from: ['I', 'G', 'U', 'Ry', 'Rt', 'T'],
    run: (state, source, size) => {
      if (size > MAX_CERTIFIED_BYTES) {
        violateContract(`ic0.certified_data_set: ${size} bytes exceed the limit of ${MAX_CERTIFIED_BYTES}`);
      }
      state.certifiedData = readGuest(state, source, size);
    },
  }),
};
