import type { ByteWriter } from '../../codec/index.ts';
import { codedEnumeration } from '../coded-enumeration.ts';

/**
 * Who opens a sealed secret: the user; agents for granted users that the user granted the agent type; agents for every user, of the agent type. In the order
 * in which an envelope names them.
 */
export const recipientKinds = codedEnumeration(['owner', 'user', 'agent_type']);
export type RecipientKind = (typeof recipientKinds.names)[number];

/** The recipients of a kind in an epoch: whatever ends or narrows a right of theirs begins the next one. Epochs are whole numbers below 2^53. */
export interface Recipient {
  readonly kind: RecipientKind;
  readonly epoch: number;
}

/** How an envelope calls each kind. */
export const ENVELOPE_NAMES: Readonly<Record<RecipientKind, string>> = {
  owner: 'owner',
  user: 'user',
  agent_type: 'type',
};

/** Those of a private account, which agents for every user do not open. */
export function withoutShared(recipients: readonly Recipient[]): Recipient[] {
  return recipients.filter(({ kind }) => kind !== 'agent_type');
}

/** As an envelope has them. */
export function recipientsText(recipients: readonly Recipient[]): string {
  return recipients.map(({ kind, epoch }) => `${ENVELOPE_NAMES[kind]}.${epoch}`).join(',');
}

/** The Candid record `SealingRecipient`: `kind` comes before `epoch` by the hashes of their names. */
export function writeRecipient(writer: ByteWriter, { kind, epoch }: Recipient): void {
  writer.u8(recipientKinds.wireIndexOf(recipientKinds.codeOf(kind))).safeU64(epoch);
}
