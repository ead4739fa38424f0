import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { equalBytes, fromHex } from '../../../codec/bytes.ts';
import { Refusal } from '../../refusal.ts';
import type { PublicKey } from './public-key.ts';

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

/** What the schemes are called. */
export const PLAIN_SCHEMES: readonly string[] = SCHEMES.map(({ name }) => name);

/** A key that signs messages as they are ("Ed25519 and ECDSA signatures"); undefined for another scheme. Refuses a point that is not on the curve. */
export function parsePlainKey(der: Uint8Array): PublicKey | undefined {
  const scheme = SCHEMES.find(
    ({ prefix, length }) => der.length === length && equalBytes(der.subarray(0, prefix.length), prefix),
  );
  if (scheme === undefined) return undefined;
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
