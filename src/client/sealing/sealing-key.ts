import type { Principal } from '@dfinity/principal';
import type { DerivedPublicKey, MasterPublicKey } from '@dfinity/vetkeys';

/** What the service's keys are derived for (the context of `vetkd_derive_key`). */
export const SEALING_CONTEXT = new TextEncoder().encode('agent-service sealing 1');

/** The key that secrets of a service are sealed with. It follows from the network's master key, so that no answer of a machine is believed. */
export function sealingKey(master: MasterPublicKey, canisterId: Principal): DerivedPublicKey {
  return master.deriveCanisterKey(canisterId.toUint8Array()).deriveSubKey(SEALING_CONTEXT);
}
