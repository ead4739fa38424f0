import { type DerivedPublicKey, IbeCiphertext, IbeIdentity, IbeSeed } from '@dfinity/vetkeys';
import { contentCipher } from './content.ts';
import { formatEnvelope, NONCE_LENGTH } from './envelope.ts';
import { type Recipient, recipientInput } from './recipient.ts';
import type { SecretPlace } from './secret-place.ts';

const KEY_LENGTH = 32;

/** What a secret is sealed for. */
export interface SealOptions {
  readonly place: SecretPlace;
  /** In the order of their kinds, one at least. */
  readonly recipients: readonly Recipient[];
  /** The service's, as `sealingKey` has it. */
  readonly key: DerivedPublicKey;
  /** Bytes that nobody can guess; those of the machine unless told. */
  readonly random?: (length: number) => Uint8Array<ArrayBuffer>;
}

/** Seals a secret for its recipients at its place. Resolves with the envelope's text, which takes the secret's place. */
export async function sealSecret(
  secret: string,
  { place, recipients, key, random = randomBytes }: SealOptions,
): Promise<string> {
  const contentKey = random(KEY_LENGTH);
  const wrappedKeys = recipients.map((recipient) => {
    const identity = IbeIdentity.fromBytes(recipientInput(recipient, place));
    return IbeCiphertext.encrypt(
      key,
      identity,
      contentKey,
      IbeSeed.fromBytes(random(KEY_LENGTH)),
    ).serialize();
  });
  const envelope = { field: place.field, recipients, wrappedKeys, nonce: random(NONCE_LENGTH) };
  const cipher = await contentCipher(contentKey, envelope, place);
  const ciphertext = await cipher.encrypt(new TextEncoder().encode(secret));
  contentKey.fill(0);
  return formatEnvelope({ ...envelope, ciphertext });
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
