import {
  ByteWriter,
  type CandidType,
  encodeUtf8,
  nat64,
  recordType,
  TypeCode,
  text,
  variantIndexes,
  variantType,
} from '../codec/index.ts';
import { type AgentError, Refusal } from '../models/agent-error.ts';

/** Those of the replies of the seed's methods: the list never grows. */
const SEED_OPTIONS = {
  NotFound: { code: TypeCode.null },
  InvalidArgument: recordType({ field: text.type, message: text.type }),
  Unauthorized: recordType({ message: text.type }),
  Conflict: recordType({ message: text.type }),
  RateLimited: recordType({ retry_after_ns: nat64.type }),
  QuotaExceeded: recordType({ resource: text.type, limit: nat64.type }),
  Expired: recordType({ message: text.type }),
};

/** All of them; new ones go behind those of the seed. */
const OPTIONS = { ...SEED_OPTIONS } satisfies Record<AgentError['kind'], CandidType>;

/** The variant of a refusal in replies: its type, and how it is written. */
export interface ErrorCandid {
  readonly type: CandidType;
  readonly write: (writer: ByteWriter, error: AgentError) => void;
}

/** The type `AgentError` of the interface. */
export const agentErrors: ErrorCandid = errorCandid(OPTIONS);

/** The same in replies of the seed's methods. A refusal that is none of these options is told as Conflict, with its name in the message. */
export const seedErrors: ErrorCandid = errorCandid(SEED_OPTIONS);

function errorCandid(options: Readonly<Record<string, CandidType>>): ErrorCandid {
  const indexes = variantIndexes(Object.keys(options));
  return {
    type: variantType(options),
    write(writer, error) {
      const told: AgentError = indexes.has(error.kind)
        ? error
        : { kind: 'Conflict', message: new Refusal(error).message };
      writer.leb128(indexes.get(told.kind) ?? 0);
      writeFields(writer, told);
    },
  };
}

/** The fields of each option follow the hashes of their names. */
function writeFields(writer: ByteWriter, error: AgentError): void {
  switch (error.kind) {
    case 'NotFound':
      return;
    case 'InvalidArgument':
      writer.text(encodeUtf8(error.field)).text(encodeUtf8(error.message));
      return;
    case 'Unauthorized':
    case 'Conflict':
    case 'Expired':
      writer.text(encodeUtf8(error.message));
      return;
    case 'RateLimited':
      writer.u64(error.retryAfterNs);
      return;
    case 'QuotaExceeded':
      writer.text(encodeUtf8(error.resource)).u64(error.limit);
      return;
  }
}
