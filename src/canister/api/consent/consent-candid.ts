import {
  ByteWriter,
  blob,
  type CandidType,
  encodeHeader,
  encodeUtf8,
  enumeration,
  int16,
  nat64,
  opt,
  record,
  recordType,
  TypeCode,
  text,
  variantIndexes,
  variantType,
} from '../../codec/index.ts';
import {
  type ConsentField,
  type ConsentMessage,
  markdownOf,
  visible,
} from '../../services/consent/consent-message.ts';
import type { Reply } from '../replies.ts';

/** The types of ICRC-21, and how its answers are written. Fields follow the hashes of their names. */

const metadata = record({ utc_offset_minutes: opt(int16), language: text });

export const consentRequest = record({
  method: text,
  arg: blob,
  user_preferences: record({
    metadata,
    device_spec: opt(enumeration(['GenericDisplay', 'FieldsDisplay'])),
  }),
});

/** Why there is no message. */
export interface ConsentError {
  readonly kind: 'UnsupportedCanisterCall' | 'ConsentMessageUnavailable';
  readonly description: string;
}

/** The message as the device shows it; markdown is for those that show any document. */
export interface ConsentInfo {
  readonly message: ConsentMessage;
  readonly display: 'GenericDisplay' | 'FieldsDisplay';
  /** Of the user's time from UTC, in minutes. */
  readonly offsetMinutes: number;
}

const LANGUAGE = encodeUtf8('en');

const amount = recordType({ amount: nat64.type });
const VALUES = {
  TokenAmount: recordType({ decimals: { code: TypeCode.nat8 }, amount: nat64.type, symbol: text.type }),
  TimestampSeconds: amount,
  DurationSeconds: amount,
  Text: recordType({ content: text.type }),
};
const MESSAGES = {
  GenericDisplayMessage: text.type,
  FieldsDisplayMessage: recordType({
    intent: text.type,
    fields: { code: TypeCode.vec, of: recordType({ 0: text.type, 1: variantType(VALUES) }) },
  }),
};
const info = recordType({ consent_message: variantType(MESSAGES), metadata: metadata.type });

const description = recordType({ description: text.type });
const ERRORS = {
  UnsupportedCanisterCall: description,
  ConsentMessageUnavailable: description,
  InsufficientPayment: description,
  GenericError: recordType({ error_code: { code: TypeCode.nat }, description: text.type }),
};

const RESULT = { Ok: info, Err: variantType(ERRORS) };
const resultType = variantType(RESULT);

const VALUE_INDEX = variantIndexes(namesOf(VALUES));
const MESSAGE_INDEX = variantIndexes(namesOf(MESSAGES));
const ERROR_INDEX = variantIndexes(namesOf(ERRORS));
const RESULT_INDEX = variantIndexes(namesOf(RESULT));

const SECOND_NS = 1_000_000_000n;

export function consentReply(): Reply<ConsentInfo | ConsentError> {
  const header = encodeHeader([resultType]);
  return {
    type: resultType,
    encode(value) {
      const writer = new ByteWriter().raw(header);
      if ('message' in value) writeInfo(writeOption(writer, RESULT_INDEX, 'Ok'), value);
      else writeError(writeOption(writer, RESULT_INDEX, 'Err'), value);
      return writer.finish();
    },
  };
}

function writeInfo(writer: ByteWriter, { message, display, offsetMinutes }: ConsentInfo): void {
  const markdown = display === 'GenericDisplay';
  // Devices that show fields show times as they like.
  const tellsTime = markdown && message.fields.some(({ value }) => typeof value !== 'string');
  if (tellsTime) writer.u8(1).u16(offsetMinutes & 0xffff);
  else writer.u8(0);
  writer.text(LANGUAGE);
  if (markdown) {
    writeOption(writer, MESSAGE_INDEX, 'GenericDisplayMessage').text(
      encodeUtf8(markdownOf(message, offsetMinutes)),
    );
    return;
  }
  writeOption(writer, MESSAGE_INDEX, 'FieldsDisplayMessage').leb128(message.fields.length);
  for (const field of message.fields) writeField(writer, field);
  writer.text(encodeUtf8(message.intent));
}

function writeField(writer: ByteWriter, { name, value }: ConsentField): void {
  writer.text(encodeUtf8(name));
  if (typeof value === 'string') writeOption(writer, VALUE_INDEX, 'Text').text(encodeUtf8(visible(value)));
  else writeOption(writer, VALUE_INDEX, 'TimestampSeconds').u64(value.time / SECOND_NS);
}

function writeError(writer: ByteWriter, error: ConsentError): void {
  writeOption(writer, ERROR_INDEX, error.kind).text(encodeUtf8(error.description));
}

function writeOption<N extends string>(
  writer: ByteWriter,
  indexes: ReadonlyMap<N, number>,
  name: N,
): ByteWriter {
  return writer.leb128(indexes.get(name) ?? 0);
}

function namesOf<N extends string>(options: Readonly<Record<N, CandidType>>): readonly N[] {
  // The keys of an object literal are its own.
  return Object.keys(options) as N[];
}
