import type { Principal } from '@dfinity/principal';
import type { AgentType } from '../values/service-types.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** The secrets of the interface: of credentials the access token and the OAuth grant, of a session its token. */
export const SECRET_FIELDS = ['token', 'token_data', 'session_token'] as const;

export type SecretField = (typeof SECRET_FIELDS)[number];

/** Where a secret is kept. A sealed one opens nowhere else. */
export interface SecretPlace {
  /** The service. */
  readonly canisterId: Principal;
  readonly userId: string;
  readonly agentType: AgentType;
  /** The label of the account; none for the default one, and for a session, which has no id yet when its token is sealed. */
  readonly account?: string | undefined;
  readonly field: SecretField;
}

/** The bytes that tell a place apart from every other one. */
export function placeBytes({ canisterId, userId, agentType, account, field }: SecretPlace): Uint8Array {
  return lengthPrefixed([
    canisterId.toUint8Array(),
    userId,
    agentType,
    ...(account === undefined ? [] : [account]),
    // The last part, so that an account is never taken for it.
    field,
  ]);
}
