import { decodeNothing, encodeResult } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { RawRandResult } from '../types.ts';

const BYTES = 32;

/** Thirty-two random bytes that nobody knew before the call was made ("IC method raw_rand"). */
export const rawRand: ManagementMethod = {
  callers: 'canisters',
  run: ({ arg, random }) => {
    decodeNothing(arg);
    return { data: encodeResult(RawRandResult, random(BYTES)) };
  },
};
