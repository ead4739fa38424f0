import type { SecretLocation } from './secret-location.ts';
import type { SecretField } from './secret-place.ts';
import { agentTypeAt, textAt, type WirePath } from './wire-values.ts';

/** Which arguments and answers of the interface hold secrets, and where arguments say whose they are. */

interface AccountPaths {
  readonly userId: WirePath;
  readonly agentType: WirePath;
  readonly account?: WirePath;
}

interface SessionPaths {
  readonly sessionId: WirePath;
}

/** Where a record or arguments have secrets. */
type SecretPaths = Readonly<Partial<Record<SecretField, WirePath>>>;

/** A method that is sent secrets. */
export interface SendingMethod {
  /** Where the arguments say whose they are: of an account or a new session, or of a session by its id. */
  readonly place: AccountPaths | SessionPaths;
  readonly secrets: SecretPaths;
  /** The field by which the service knows the same call. */
  readonly requestId?: WirePath;
  /** Whether it answers the id of a session. */
  readonly beginsSession?: boolean;
}

/** A method that answers records with secrets. */
export interface AnsweringMethod {
  /** Where the answer has its record, or its list of them. */
  readonly records: WirePath;
  /** Where the arguments say whose they are, as far as they do. */
  readonly place: Partial<AccountPaths & SessionPaths>;
  /** Of a record. */
  readonly secrets: SecretPaths;
  /** Whether a secret that does not open stays sealed: one record does not keep the others from the caller. */
  readonly isList: boolean;
}

const SPREAD: AccountPaths = { userId: [0], agentType: [1] };
const NAMED: AccountPaths = { userId: [0, 'user_id'], agentType: [0, 'agent_type'], account: [0, 'account'] };
const OF_CREDENTIALS: SecretPaths = { token: ['token'], token_data: ['token_data'] };
const OF_SESSION: SecretPaths = { session_token: ['token'] };

export const SENDING: Readonly<Record<string, SendingMethod>> = {
  store_agent_credentials: { place: SPREAD, secrets: { token: [2], token_data: [3] } },
  update_agent_credentials: { place: SPREAD, secrets: { token: [2], token_data: [3] } },
  store_credentials: {
    place: NAMED,
    secrets: { token: [0, 'token'], token_data: [0, 'token_data'] },
    requestId: [0, 'request_id'],
  },
  complete_token_refresh: {
    place: NAMED,
    secrets: {
      token: [0, 'outcome', 'refreshed', 'token'],
      token_data: [0, 'outcome', 'refreshed', 'token_data'],
    },
  },
  create_agent_session: { place: SPREAD, secrets: { session_token: [2] }, beginsSession: true },
  create_session: {
    place: NAMED,
    secrets: { session_token: [0, 'token'] },
    requestId: [0, 'request_id'],
    beginsSession: true,
  },
  update_agent_session: { place: { sessionId: [0] }, secrets: { session_token: [1] } },
};

export const ANSWERING: Readonly<Record<string, AnsweringMethod>> = {
  get_agent_credentials: { records: [], place: SPREAD, secrets: OF_CREDENTIALS, isList: false },
  get_user_agent_credentials: { records: [], place: { userId: [0] }, secrets: OF_CREDENTIALS, isList: true },
  lease_agent_credentials: { records: ['credentials'], place: NAMED, secrets: OF_CREDENTIALS, isList: false },
  begin_token_refresh: { records: ['credentials'], place: NAMED, secrets: OF_CREDENTIALS, isList: false },
  get_agent_session: { records: [], place: { sessionId: [0] }, secrets: OF_SESSION, isList: false },
  get_user_agent_sessions: { records: [], place: { userId: [0] }, secrets: OF_SESSION, isList: true },
  list_sessions: { records: ['items'], place: { userId: [0, 'user_id'] }, secrets: OF_SESSION, isList: true },
};

/** Whether a method is sent secrets, or answers them. */
export function holdsSecrets(name: string): boolean {
  return Object.hasOwn(SENDING, name) || Object.hasOwn(ANSWERING, name);
}

/** The account that arguments name, of a method that takes one record. */
export function namedAccount(args: readonly unknown[]): Omit<SecretLocation, 'field'> {
  return {
    userId: textAt(args, [0, 'user_id']) ?? '',
    agentType: agentTypeAt(args, [0, 'agent_type']),
    account: textAt(args, [0, 'account']),
  };
}
