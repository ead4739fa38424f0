import type { SignIdentity } from '@dfinity/agent';
import { concatBytes } from '../../../src/replica/codec/bytes.ts';
import { canister, query, update } from './canister-wat.ts';
import type { CertificateMaker } from './certificates.ts';
import { canisterSigner } from './signers.ts';

/**
 * Signs as Internet Identity does: `certify` makes the argument's 32 bytes its certified data, the hash of a tree of signatures, and
 * `certificate` gives the certificate of them.
 */
export const SIGNING_CANISTER = canister(
  [
    update(
      'certify',
      `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (call $ic0.msg_arg_data_size))
      (call $ic0.certified_data_set (i32.const 64) (call $ic0.msg_arg_data_size))
      (call $reply_empty)`,
    ),
    query(
      'certificate',
      `(call $ic0.data_certificate_copy (i32.const 64) (i32.const 0) (call $ic0.data_certificate_size))
      (call $reply (i32.const 64) (call $ic0.data_certificate_size))`,
    ),
  ].join(' '),
);

/** Calls of a canister that signs. */
export interface SigningCalls {
  readonly update: (method: string, arg: Uint8Array) => Promise<Uint8Array>;
  readonly query: (method: string, arg: Uint8Array) => Promise<Uint8Array>;
}

/** The identity that such a canister keeps for a seed. */
export function signedByCanister(
  canisterId: Uint8Array,
  seed: Uint8Array,
  calls: SigningCalls,
): SignIdentity {
  const certify: CertificateMaker = async (hash) => {
    await calls.update('certify', hash);
    return calls.query('certificate', concatBytes());
  };
  return canisterSigner(canisterId, seed, certify);
}
