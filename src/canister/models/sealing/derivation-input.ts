import { encodeUtf8 } from '../../codec/index.ts';
import type { AgentType } from '../agent-type.ts';
import { ENVELOPE_NAMES, type RecipientKind } from './recipient.ts';

const U64_BYTES = 8;

/** Whose key it is; the user_id is UTF-8. */
interface KeyOwner {
  readonly kind: RecipientKind;
  readonly epoch: bigint;
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
}

/** The input from which the network derives a recipient's key: each part behind its length (u64, big-endian). docs/explanation/sealed-secrets.md */
export function derivationInput({ kind, epoch, userId, agentType }: KeyOwner): Uint8Array {
  const number = new Uint8Array(U64_BYTES);
  new DataView(number.buffer).setBigUint64(0, epoch);
  const type = encodeUtf8(agentType);
  const whose = { owner: [userId], user: [userId, type], agent_type: [type] }[kind];
  return lengthPrefixed([encodeUtf8(ENVELOPE_NAMES[kind]), ...whose, number]);
}

function lengthPrefixed(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + U64_BYTES + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setBigUint64(at, BigInt(part.length));
    bytes.set(part, at + U64_BYTES);
    at += U64_BYTES + part.length;
  }
  return bytes;
}
