import {
  CANISTER_CREATION_FEE,
  callFeeOfSizes,
  httpRequestFee,
  responseReserve,
  SIGNATURE_FEES,
} from '../cycle-costs.ts';
import { type EntryPoint, EVERYWHERE } from '../entry-point.ts';
import { readGuestText, writeAmount } from '../guest-memory.ts';
import { type HostFunction, type HostFunctions, hostFunction } from '../host-function.ts';

const ALWAYS: readonly EntryPoint[] = [...EVERYWHERE, 's'];
const DONE = 0;
const INVALID_CURVE = 1;
const INVALID_KEY_NAME = 2;

/** The fee of a signature or key derivation; `curves` is how many curves or algorithms there are. */
function signatureCost(curves: number): HostFunction {
  return hostFunction({
    params: ['I', 'I', 'i32', 'I'],
    result: 'i32',
    from: ALWAYS,
    run: (state, nameAt, nameSize, curve, target) => {
      if (curve >= curves) return INVALID_CURVE;
      const fee = SIGNATURE_FEES.get(readGuestText(state, nameAt, nameSize));
      if (fee === undefined) return INVALID_KEY_NAME;
      writeAmount(state, target, fee);
      return DONE;
    },
  });
}

/** What services of the system cost, in cycles ("Cycle cost calculation"). */
export const costFunctions: HostFunctions = {
  cost_call: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ALWAYS,
    run: (state, nameSize, payloadSize, target) =>
      writeAmount(
        state,
        target,
        callFeeOfSizes(nameSize, payloadSize) + responseReserve(state.start.instance.memory64),
      ),
  }),
  cost_create_canister: hostFunction({
    params: ['I'],
    from: ALWAYS,
    run: (state, target) => writeAmount(state, target, CANISTER_CREATION_FEE),
  }),
  cost_http_request: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ALWAYS,
    run: (state, requestSize, maxResponseSize, target) =>
      writeAmount(state, target, httpRequestFee(requestSize, maxResponseSize)),
  }),
  cost_sign_with_ecdsa: signatureCost(1),
  cost_sign_with_schnorr: signatureCost(2),
  cost_vetkd_derive_key: signatureCost(1),
};
