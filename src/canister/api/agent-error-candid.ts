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
import type { AgentError } from '../models/agent-error.ts';

const OPTIONS = {
  NotFound: { code: TypeCode.null },
  InvalidArgument: recordType({ field: text.type, message: text.type }),
  Unauthorized: recordType({ message: text.type }),
  Conflict: recordType({ message: text.type }),
  RateLimited: recordType({ retry_after_ns: nat64.type }),
  QuotaExceeded: recordType({ resource: text.type, limit: nat64.type }),
  Expired: recordType({ message: text.type }),
} satisfies Record<AgentError['kind'], CandidType>;

/** The type `AgentError` of the interface. */
export const agentErrorType: CandidType = variantType(OPTIONS);

const INDEXES = variantIndexes(Object.keys(OPTIONS));

/** Writes the variant. The fields of each option follow the hashes of their names. */
export function writeAgentError(writer: ByteWriter, error: AgentError): void {
  writer.leb128(INDEXES.get(error.kind) ?? 0);
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
