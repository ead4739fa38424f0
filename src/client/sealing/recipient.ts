import { lengthPrefixed, u64 } from './length-prefixed.ts';
import type { SecretPlace } from './secret-place.ts';

/**
 * Who opens a secret: `owner`, the user's owner alone; `user`, agents that the user granted the agent type with credentials; `type`, first-party agents of
 * the agent type. In this order in an envelope.
 */
export const RECIPIENT_KINDS = ['owner', 'user', 'type'] as const;

export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

/** Recipients of an epoch: whatever ends or narrows a right of theirs begins the next one, with another key. */
export interface Recipient {
  readonly kind: RecipientKind;
  /** A whole number below 2^64. */
  readonly epoch: bigint;
}

/** A recipient as envelopes and errors have it. */
export function recipientText({ kind, epoch }: Recipient): string {
  return `${kind}.${epoch}`;
}

/** The identity that the content key is encrypted for: the input from which the network derives the recipients' key. */
export function recipientInput(
  { kind, epoch }: Recipient,
  { userId, agentType }: Pick<SecretPlace, 'userId' | 'agentType'>,
): Uint8Array {
  const whose = { owner: [userId], user: [userId, agentType], type: [agentType] }[kind];
  return lengthPrefixed([kind, ...whose, u64(epoch)]);
}
