import { lebEncode } from '@dfinity/candid';
import { blake2s } from '@noble/hashes/blake2';
import { ACTIVITY_TYPES, AGENT_TYPES, NO_AGENT_TYPE, SERVICE_EVENTS } from '../../candid/audit-codes.ts';
import type { AuditContent } from '../values/service-types.ts';

/** How the audit log is chained: docs/explanation/audit-log.md. */
const CHAIN = new TextEncoder().encode('AgentLog');
const NOTHING = Uint8Array.of(0);

/** The digest before the first entry. */
export const GENESIS = new Uint8Array(32);

/** Binds an entry's content. Throws a RangeError where the content is of a kind that there is not. */
export function commitmentOf(content: AuditContent): Uint8Array {
  const codes =
    content.agentType === undefined
      ? [NO_AGENT_TYPE, codeIn(SERVICE_EVENTS, content.kind)]
      : [codeIn(AGENT_TYPES, content.agentType), codeIn(ACTIVITY_TYPES, content.kind)];
  const bytes = joined(
    Uint8Array.from(codes),
    blob(content.actor.toUint8Array()),
    content.metadata === undefined ? NOTHING : joined(Uint8Array.of(1), text(content.metadata)),
    text(content.description),
    text(content.userId ?? ''),
    u64(content.timestamp),
  );
  return blake2s(bytes, { salt: content.salt.slice(0, 8), personalization: content.salt.slice(8, 16) });
}

/** The digest of the log up to an entry, from the one up to the entry before. */
export function chainDigest(before: Uint8Array, commitment: Uint8Array, index: bigint): Uint8Array {
  return blake2s(joined(before, commitment), { salt: u64(index), personalization: CHAIN });
}

function codeIn(names: readonly string[], name: string): number {
  const code = names.indexOf(name);
  if (code < 0) throw new RangeError(`there is no ${name}`);
  return code;
}

function text(value: string): Uint8Array {
  return blob(new TextEncoder().encode(value));
}

function blob(bytes: Uint8Array): Uint8Array {
  return joined(lebEncode(bytes.length), bytes);
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
