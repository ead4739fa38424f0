import type { Principal } from '@dfinity/principal';
import type { AgentType } from '../values/service-types.ts';
import type { SecretField, SecretPlace } from './secret-place.ts';

/** Where a secret is kept in a service. */
export interface SecretLocation {
  readonly userId: string;
  readonly agentType: AgentType;
  /** The label of the account; none for the default one, and for sessions. */
  readonly account?: string | undefined;
  /** Of a `session_token`: the session that has it, without which it is not opened. */
  readonly sessionId?: string | undefined;
  readonly field: SecretField;
}

/** The place that a secret is bound to. */
export function placeOf(canisterId: Principal, location: SecretLocation): SecretPlace {
  const { userId, agentType, account, field } = location;
  // A session is of no account.
  return { canisterId, userId, agentType, field, ...(field === 'session_token' ? {} : { account }) };
}
