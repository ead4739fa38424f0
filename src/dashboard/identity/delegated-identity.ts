import { DelegationChain, DelegationIdentity, ECDSAKeyIdentity, Ed25519KeyIdentity } from '@dfinity/identity';

/** How long a sign-in lasts at most, ms. */
export const SIGNED_IN_MS = 60 * 60 * 1000;

/** An identity that may act for the key made of `seed` until the time given (ms since 1970), with a key of its own that no script can read. */
export async function delegatedIdentity(seed: Uint8Array, until: number): Promise<DelegationIdentity> {
  const owner = Ed25519KeyIdentity.generate(seed);
  const key = await ECDSAKeyIdentity.generate();
  const chain = await DelegationChain.create(owner, key.getPublicKey(), new Date(until));
  return DelegationIdentity.fromDelegation(key, chain);
}

/** When the first of an identity's delegations ends, ms since 1970. */
export function endOf(identity: DelegationIdentity): number {
  const ends = identity.getDelegation().delegations.map(({ delegation }) => delegation.expiration);
  const first = ends.reduce((least, end) => (end < least ? end : least));
  return Number(first / 1_000_000n);
}
