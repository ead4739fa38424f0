import type { ByteWriter } from '../../codec/index.ts';
import { codedEnumeration } from '../coded-enumeration.ts';
import { recipientsOf, sameRecipients } from './envelope.ts';
import type { Recipient } from './recipient.ts';

/** How a secret is stored: in clear, sealed for today's recipients, or sealed for others. It follows from the secret, and is not stored. */
export const secretForms = codedEnumeration(['clear', 'sealed', 'stale']);
export type SecretForm = (typeof secretForms.names)[number];

/** How a stored secret stands, with today's recipients; undefined where there is none. */
export function formOf(
  secret: Uint8Array | undefined,
  recipients: readonly Recipient[],
): SecretForm | undefined {
  if (secret === undefined || secret.length === 0) return undefined;
  const named = recipientsOf(secret);
  if (named === undefined) return 'clear';
  return sameRecipients(named, recipients) ? 'sealed' : 'stale';
}

/** The Candid value `opt SecretForm`. */
export function writeSecretForm(writer: ByteWriter, form: SecretForm | undefined): void {
  writer.bool(form !== undefined);
  if (form !== undefined) writer.u8(secretForms.wireIndexOf(secretForms.codeOf(form)));
}
