import { IbeCiphertext, type VetKey } from '@dfinity/vetkeys';
import { contentCipher } from './content.ts';
import { type Envelope, parseEnvelope } from './envelope.ts';
import { type Recipient, recipientText } from './recipient.ts';
import { sealedSecretError } from './sealed-secret-error.ts';
import type { SecretPlace } from './secret-place.ts';

/** With what a secret is opened. */
export interface OpenOptions {
  /** Where the envelope was found. */
  readonly place: SecretPlace;
  /** As who it is opened. */
  readonly recipient: Recipient;
  /** The recipient's, derived by the network and checked against the service's public key. */
  readonly key: VetKey;
}

/** Opens an envelope. Rejects with a `VerificationFailedError` where it is malformed, for others, of another place, or changed in any byte. */
export async function openSecret(text: string, { place, recipient, key }: OpenOptions): Promise<string> {
  const envelope = parseEnvelope(text);
  if (envelope.field !== place.field) throw changed();
  const contentKey = unwrap(envelope, recipient, key);
  const cipher = await contentCipher(contentKey, envelope, place);
  contentKey.fill(0);
  const secret = await cipher.decrypt(envelope.ciphertext).catch((cause: unknown) => {
    throw changed(cause);
  });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(secret);
}

function unwrap(
  { recipients, wrappedKeys }: Envelope,
  recipient: Recipient,
  key: VetKey,
): Uint8Array<ArrayBuffer> {
  const at = recipients.findIndex(({ kind, epoch }) => kind === recipient.kind && epoch === recipient.epoch);
  const wrapped = wrappedKeys[at];
  if (wrapped === undefined) {
    throw sealedSecretError(
      'SealedSecretForOthers',
      `is for ${recipients.map(recipientText).join(', ')}, and not for ${recipientText(recipient)}`,
    );
  }
  try {
    return Uint8Array.from(IbeCiphertext.deserialize(wrapped).decrypt(key));
  } catch (cause) {
    throw changed(cause);
  }
}

function changed(cause?: unknown): Error {
  return sealedSecretError('SealedSecretChanged', 'was not sealed for this place, or was changed', { cause });
}
