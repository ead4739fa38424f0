import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { concatBytes, fromHex } from '../codec/bytes.ts';

/** PKCS #8 of RFC 8410, up to the 32-byte seed. */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** The Ed25519 key with which a node signs the query replies it gives ("Request: Query call"). */
export class NodeKey {
  /** 44 bytes. */
  readonly publicKeyDer: Uint8Array;
  readonly #secret: KeyObject;

  /** Makes the key of a secret seed of 32 bytes. Throws where the seed has another length. */
  constructor(seed: Uint8Array) {
    if (seed.length !== 32) throw new RangeError('an Ed25519 key needs a seed of 32 bytes');
    this.#secret = createPrivateKey({
      // The key decoder of node:crypto takes nothing but a Buffer here.
      key: Buffer.from(concatBytes(PKCS8_PREFIX, seed)),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKeyDer = new Uint8Array(createPublicKey(this.#secret).export({ format: 'der', type: 'spki' }));
  }

  /** The 64-byte signature of a message. */
  sign(message: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, message, this.#secret));
  }
}
