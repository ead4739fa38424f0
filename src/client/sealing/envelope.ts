import { fromBase64Url, toBase64Url } from './base64url.ts';
import { RECIPIENT_KINDS, type Recipient, type RecipientKind, recipientText } from './recipient.ts';
import { sealedSecretError } from './sealed-secret-error.ts';
import { SECRET_FIELDS, type SecretField } from './secret-place.ts';

/** Before every sealed secret, with the version of its form. */
const PREFIX = 'agent-service-sealed:1:';
const FORM = /^agent-service-sealed:1:([a-z_]+):([a-z]+\.\d+(?:,[a-z]+\.\d+)*):([\w-]+)$/;
const MAX_EPOCH = 2n ** 64n - 1n;

/** Bytes: an IBE ciphertext (header 8, point 96, seed 32) of the content key (32). */
const WRAPPED_KEY_LENGTH = 168;
export const NONCE_LENGTH = 12;
/** Of AES-256-GCM, at the end of the ciphertext. */
const TAG_LENGTH = 16;

/** A sealed secret, taken apart. docs/explanation/sealed-secrets.md has its form. */
export interface Envelope {
  readonly field: SecretField;
  /** In the order of their kinds. */
  readonly recipients: readonly Recipient[];
  /** The content key for each recipient, in their order. */
  readonly wrappedKeys: readonly Uint8Array[];
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** With the tag. */
  readonly ciphertext: Uint8Array<ArrayBuffer>;
}

/** Whether a secret is sealed, and not in clear; it may still be malformed. */
export function isSealed(secret: string): boolean {
  return secret.startsWith('agent-service-sealed:');
}

/** What is in clear of an envelope: all that stands before its bytes. */
export function envelopeHeader({ field, recipients }: Pick<Envelope, 'field' | 'recipients'>): string {
  return `${PREFIX}${field}:${recipients.map(recipientText).join(',')}:`;
}

/** The envelope as text of ASCII, which every client passes on unchanged. */
export function formatEnvelope(envelope: Envelope): string {
  const { wrappedKeys, nonce, ciphertext } = envelope;
  return envelopeHeader(envelope) + toBase64Url([...wrappedKeys, nonce, ciphertext]);
}

/** Takes an envelope apart. Throws a `VerificationFailedError` where it is none, so that each has one text alone. */
export function parseEnvelope(text: string): Envelope {
  const [, fieldText, recipientTexts, body = ''] = FORM.exec(text) ?? [];
  const field = SECRET_FIELDS.find((known) => known === fieldText);
  const recipients = parseRecipients(recipientTexts ?? '');
  const bytes = fromBase64Url(body);
  if (field === undefined || recipients === undefined || bytes === undefined) throw malformed();
  const nonceAt = recipients.length * WRAPPED_KEY_LENGTH;
  if (bytes.length < nonceAt + NONCE_LENGTH + TAG_LENGTH) throw malformed();
  return {
    field,
    recipients,
    wrappedKeys: recipients.map((_recipient, i) =>
      bytes.slice(i * WRAPPED_KEY_LENGTH, (i + 1) * WRAPPED_KEY_LENGTH),
    ),
    nonce: bytes.slice(nonceAt, nonceAt + NONCE_LENGTH),
    ciphertext: bytes.slice(nonceAt + NONCE_LENGTH),
  };
}

/** Each kind once at most, in their order; undefined where it is otherwise. */
function parseRecipients(text: string): readonly Recipient[] | undefined {
  const recipients: Recipient[] = [];
  let least = 0;
  for (const part of text.split(',')) {
    const [name, epochText = ''] = part.split('.');
    const at = RECIPIENT_KINDS.findIndex((kind) => kind === name);
    const kind: RecipientKind | undefined = RECIPIENT_KINDS[at];
    if (kind === undefined || at < least || !/^(0|[1-9]\d{0,19})$/.test(epochText)) return undefined;
    const epoch = BigInt(epochText);
    if (epoch > MAX_EPOCH) return undefined;
    recipients.push({ kind, epoch });
    least = at + 1;
  }
  return recipients;
}

function malformed(): Error {
  return sealedSecretError(
    'SealedSecretMalformed',
    'is not of the form that this version of the client knows, or a part of it is missing',
  );
}
