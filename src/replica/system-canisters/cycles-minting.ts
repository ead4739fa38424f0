import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import type { NativeCanister } from '../management/native-canister.ts';

/** Tools ask for it before they create a canister, and send `null` where the interface takes nothing. */
const getDefaultSubnets: ManagementMethod = {
  callers: 'anyone',
  run: ({ world }) => ({
    data: encodeResult(IDL.Vec(IDL.Principal), [Principal.fromUint8Array(world.subnetId)]),
  }),
};

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([['get_default_subnets', getDefaultSubnets]]);

/** The cycles minting canister, as far as tools use it to find out where canisters are created. */
export const cyclesMinting: NativeCanister = {
  id: Principal.fromText('rkp4c-7iaaa-aaaaa-aaaca-cai').toUint8Array(),
  name: 'Cycles minting canister',
  updates: QUERIES,
  queries: QUERIES,
};
