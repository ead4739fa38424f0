import type { CertificateVerifier } from '../../certification/certificate-verifier.ts';
import { concatBytes, equalBytes, toHex } from '../../codec/bytes.ts';
import { domainSeparator } from '../../codec/domain-separator.ts';
import { Refusal } from '../refusal.ts';
import { hashOfCborMap } from './content.ts';
import type { SignedDelegation } from './envelope.ts';
import { asArray, asPrincipal, blobField, optionalField, timeField } from './fields.ts';
import { parsePublicKey } from './keys/parse-public-key.ts';

const DOMAIN = domainSeparator('ic-request-auth-delegation');
const MAX_DELEGATIONS = 20;
const MAX_TARGETS = 1000;

/** What a chain of delegations is used for. */
export interface DelegatedUse {
  readonly requestType: 'call' | 'query' | 'read_state';
  /** The canister that the request goes to; a read_state request goes to none. */
  readonly canisterId: Uint8Array | undefined;
  /** ns since 1970. */
  readonly now: bigint;
  readonly certificates: CertificateVerifier;
}

/**
 * Follows a chain of delegations from the sender's key to the key that has to sign the request, and returns that one,
 * DER-encoded. Refuses a chain that is too long, repeats a key, has a wrong signature, or does not cover the use.
 */
export function followDelegations(
  senderPubkey: Uint8Array,
  chain: readonly SignedDelegation[],
  use: DelegatedUse,
): Uint8Array {
  if (chain.length > MAX_DELEGATIONS) {
    throw new Refusal('authentication', `There are more than ${MAX_DELEGATIONS} delegations`);
  }
  const seen = new Set([toHex(senderPubkey)]);
  let signer = senderPubkey;
  for (const { delegation, signature } of chain) {
    const pubkey = blobField(delegation, 'pubkey');
    if (seen.has(toHex(pubkey))) throw new Refusal('authentication', 'The delegations go in a circle');
    seen.add(toHex(pubkey));
    checkUse(delegation, use);
    const key = parsePublicKey(signer, use.certificates);
    if (!key.verifies(concatBytes(DOMAIN, hashOfCborMap(delegation)), signature)) {
      throw new Refusal('authentication', 'Invalid signature of a delegation');
    }
    signer = pubkey;
  }
  return signer;
}

function checkUse(delegation: SignedDelegation['delegation'], use: DelegatedUse): void {
  if (timeField(delegation, 'expiration') < use.now) {
    throw new Refusal('authentication', 'A delegation has expired');
  }
  const permissions = optionalField(delegation, 'permissions') ?? 'all';
  if (permissions !== 'all' && permissions !== 'queries') {
    throw new Refusal('authentication', 'A delegation has unknown permissions');
  }
  if (permissions === 'queries' && use.requestType === 'call') {
    throw new Refusal('authentication', 'A delegation is for queries, and this is a call');
  }
  const targets = optionalField(delegation, 'targets');
  if (targets !== undefined) checkTargets(asArray(targets, 'targets'), use.canisterId);
}

function checkTargets(targets: ReturnType<typeof asArray>, canisterId: Uint8Array | undefined): void {
  if (targets.length > MAX_TARGETS) {
    throw new Refusal('authentication', `A delegation has more than ${MAX_TARGETS} targets`);
  }
  const canisters = targets.map((target) => asPrincipal(target, 'targets'));
  if (canisterId !== undefined && !canisters.some((target) => equalBytes(target, canisterId))) {
    throw new Refusal('authentication', 'A delegation does not have this canister among its targets');
  }
}
