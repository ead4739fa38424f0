import { decodeLatin1, sameBytes } from '../../codec/index.ts';
import { ENVELOPE_NAMES, type Recipient, type RecipientKind, recipientKinds } from './recipient.ts';

/** The secrets of the interface, as an envelope names them. */
const FIELDS = ['token', 'token_data', 'session_token'] as const;
export type SecretField = (typeof FIELDS)[number];

/** A sealed secret as far as the canister reads it: to open it, it has no key. docs/explanation/sealed-secrets.md has the form. */
export interface Envelope {
  readonly field: SecretField;
  readonly recipients: readonly Recipient[];
  /** Bytes of the secret. */
  readonly secretLength: number;
}

const MARK = 'agent-service-sealed:';
const MARK_BYTES = Uint8Array.from(MARK, (character) => character.charCodeAt(0));

const HEADER =
  /^agent-service-sealed:1:([a-z_]+):((?:owner|user|type)\.\d{1,16}(?:,(?:user|type)\.\d{1,16}){0,2}):/;

/** What stands before the bytes is shorter. */
const HEADER_CHARACTERS = 128;

const WRAPPED_KEY_BYTES = 168;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** With which characters a text of so many beyond a multiple of four may end: the bits that stand for nothing are 0. */
const LAST: Readonly<Record<number, RegExp>> = { 0: /./, 2: /[AQgw]$/, 3: /[AEIMQUYcgkosw048]$/ };

/** How long the text is in which a secret of so many bytes is sealed, at most. */
export function longestEnvelope(secretBytes: number): number {
  const around = recipientKinds.names.length * WRAPPED_KEY_BYTES + NONCE_BYTES + TAG_BYTES;
  return HEADER_CHARACTERS + Math.ceil(((secretBytes + around) * 4) / 3);
}

/** Whether a secret (UTF-8) is marked as sealed; it may still be malformed. */
export function isSealed(secret: Uint8Array): boolean {
  return secret.length >= MARK.length && sameBytes(secret.subarray(0, MARK.length), MARK_BYTES);
}

/** Reads an envelope, all of its characters included; undefined where it is none. */
export function readEnvelope(text: Uint8Array): Envelope | undefined {
  const header = readHeader(text);
  if (header === undefined) return undefined;
  const body = decodeLatin1(text.subarray(header.length));
  const last = LAST[body.length % 4];
  if (last === undefined || !BASE64URL.test(body) || !last.test(body)) return undefined;
  const { field, recipients } = header;
  const around = recipients.length * WRAPPED_KEY_BYTES + NONCE_BYTES + TAG_BYTES;
  const secretLength = Math.floor((body.length * 3) / 4) - around;
  return secretLength < 0 ? undefined : { field, recipients, secretLength };
}

/** Whom a stored secret is sealed for; undefined where it is in clear, as one that is marked as sealed and is not. */
export function recipientsOf(secret: Uint8Array): readonly Recipient[] | undefined {
  return isSealed(secret) ? readHeader(secret)?.recipients : undefined;
}

interface Header extends Omit<Envelope, 'secretLength'> {
  readonly length: number;
}

function readHeader(text: Uint8Array): Header | undefined {
  const [all, name, recipientTexts] = HEADER.exec(decodeLatin1(text.subarray(0, HEADER_CHARACTERS))) ?? [];
  const field = FIELDS.find((known) => known === name);
  if (all === undefined || field === undefined) return undefined;
  const recipients = readRecipients(recipientTexts ?? '');
  return recipients && { field, recipients, length: all.length };
}

/** Each kind once at most, in their order; undefined where it is otherwise. */
function readRecipients(text: string): Recipient[] | undefined {
  const recipients: Recipient[] = [];
  let least = 0;
  for (const part of text.split(',')) {
    const [name, digits = ''] = part.split('.');
    const at = recipientKinds.names.findIndex((kind) => ENVELOPE_NAMES[kind] === name);
    const kind: RecipientKind | undefined = recipientKinds.names[at];
    const epoch = Number(digits);
    if (kind === undefined || at < least || `${epoch}` !== digits || !Number.isSafeInteger(epoch))
      return undefined;
    recipients.push({ kind, epoch });
    least = at + 1;
  }
  return recipients;
}

/** Whether two lists name the same recipients of the same epochs. */
export function sameRecipients(left: readonly Recipient[], right: readonly Recipient[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ kind, epoch }, i) => kind === right[i]?.kind && epoch === right[i].epoch)
  );
}
