import { randomBytes } from 'node:crypto';
import { blake2s } from '@noble/hashes/blake2';
import type { SealingRecipient } from '../../../src/candid/agent_service.did.ts';

const WRAPPED_KEY = 168;
const AROUND = 12 + 16;

/** A text of the form of a sealed secret, which nobody can open: the canister can't, either. */
export function sealedText(
  field: 'token' | 'token_data' | 'session_token',
  recipients: readonly SealingRecipient[],
  length = 20,
): string {
  const named = recipients.map(
    ({ kind, epoch }) => `${'agent_type' in kind ? 'type' : Object.keys(kind)[0]}.${epoch}`,
  );
  const bytes = randomBytes(recipients.length * WRAPPED_KEY + AROUND + length);
  return `agent-service-sealed:1:${field}:${named.join(',')}:${bytes.toString('base64url')}`;
}

/** As `reseal_credentials` takes it. */
export function digestOf(secret: string): Uint8Array {
  return blake2s(new TextEncoder().encode(secret));
}
