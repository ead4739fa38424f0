/** A public key that requests and delegations are signed with ("Signatures"). */
export interface PublicKey {
  /** Whether the signature is one of the message under this key. Refuses, and says why, what is not a signature of its scheme. */
  verifies(message: Uint8Array, signature: Uint8Array): boolean;
}
