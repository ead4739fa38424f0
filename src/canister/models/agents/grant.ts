import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { agentPermissions } from '../access/rights.ts';
import { StoredTerms, TERMS_LENGTH, type Terms, writeTerms } from '../access/terms.ts';
import { writeOptions } from '../access/write-options.ts';
import { agentTypes } from '../agent-type.ts';

/** What a user lets an agent do for them; the agent has no more than its own rights. */
export interface Grant extends Terms {
  readonly agent: Uint8Array;
}

/** Terms, then the agent's principal. */
const VERSION = 1;

export function encodeGrant(grant: Grant): Uint8Array {
  return writeTerms(VERSION, grant).principal(grant.agent).finish();
}

/** Reads what is asked at every call, and nothing else. */
export function decodeGrantTerms(bytes: Uint8Array): Terms {
  if (bytes[0] !== VERSION) throw new Error(`grant of an unknown version ${bytes[0]}`);
  return new StoredTerms(bytes);
}

/** The principal of the agent. */
export function granteeOf(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  reader.offset = TERMS_LENGTH + 1;
  return reader.text();
}

/** The Candid record of a stored grant. Fields follow the order of `Grant` in a message: by the hashes of their names. */
export function grantBody(bytes: Uint8Array): Uint8Array {
  const grant = decodeGrantTerms(bytes);
  const writer = new ByteWriter();
  writeOptions(writer, agentPermissions, grant.permissions);
  writer.principal(granteeOf(bytes)).u64(grant.since).optU64(grant.expiresAt);
  writeOptions(writer, agentTypes, grant.agentTypes);
  return writer.finish();
}
