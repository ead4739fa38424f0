import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { equalBytes, fromHex } from '../../codec/bytes.ts';
import { Refusal } from '../refusal.ts';

/** A public key that requests and delegations are signed with ("Signatures"). */
export interface PublicKey {
  /** Whether the signature is one of the message under this key. Never throws. */
  verifies(message: Uint8Array, signature: Uint8Array): boolean;
}

interface Scheme {
  readonly name: string;
  /** The DER encoding up to the point, and the length of the whole. */
  readonly prefix: Uint8Array;
  readonly length: number;
  verifies(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean;
}

const SIGNATURE_BYTES = 64;

function verifiesEcdsa(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  // The fixed-length r·s of the specification, not the DER of most other uses.
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

const SCHEMES: readonly Scheme[] = [
  {
    name: 'Ed25519',
    prefix: fromHex('302a300506032b6570032100'),
    length: 44,
    verifies: (key, message, signature) => verify(null, message, key, signature),
  },
  {
    name: 'ECDSA on P-256',
    prefix: fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004'),
    length: 91,
    verifies: verifiesEcdsa,
  },
  {
    name: 'ECDSA on secp256k1',
    prefix: fromHex('3056301006072a8648ce3d020106052b8104000a03420004'),
    length: 88,
    verifies: verifiesEcdsa,
  },
];

/** Reads a DER-encoded public key. Refuses schemes that we do not know and points that are not on the curve. */
export function parsePublicKey(der: Uint8Array): PublicKey {
  const scheme = SCHEMES.find(
    ({ prefix, length }) => der.length === length && equalBytes(der.subarray(0, prefix.length), prefix),
  );
  if (scheme === undefined) {
    const known = SCHEMES.map(({ name }) => name).join(', ');
    throw new Refusal('authentication', `Unsupported public key: this network takes ${known}, DER-encoded`);
  }
  const key = importKey(der, scheme.name);
  return {
    verifies(message, signature) {
      return signature.length === SIGNATURE_BYTES && scheme.verifies(key, message, signature);
    },
  };
}

function importKey(der: Uint8Array, scheme: string): KeyObject {
  try {
    // The key decoder of node:crypto takes nothing but a Buffer here.
    return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new Refusal('authentication', `The public key is not a valid key of ${scheme}`, { cause });
  }
}
