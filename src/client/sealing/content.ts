import { type Envelope, envelopeHeader } from './envelope.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import { recipientInput } from './recipient.ts';
import { placeBytes, type SecretPlace } from './secret-place.ts';

const DOMAIN = 'agent-service sealed secret';

/** The secret under the content key: AES-256-GCM, with all that surrounds it as additional data. */
export interface ContentCipher {
  encrypt(secret: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Rejects where a byte of the ciphertext, the envelope or the place is another one. */
  decrypt(ciphertext: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** The cipher of an envelope at a place. */
export async function contentCipher(
  contentKey: Uint8Array<ArrayBuffer>,
  envelope: Omit<Envelope, 'ciphertext'>,
  place: SecretPlace,
): Promise<ContentCipher> {
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const additionalData = lengthPrefixed([
    DOMAIN,
    envelopeHeader(envelope),
    placeBytes(place),
    ...envelope.recipients.map((recipient) => recipientInput(recipient, place)),
    ...envelope.wrappedKeys,
  ]);
  const algorithm = { name: 'AES-GCM', iv: envelope.nonce, additionalData };
  return {
    encrypt: async (secret) => new Uint8Array(await crypto.subtle.encrypt(algorithm, key, secret)),
    decrypt: async (ciphertext) => new Uint8Array(await crypto.subtle.decrypt(algorithm, key, ciphertext)),
  };
}
