import {
  ACCOUNT,
  ACTIVITY,
  type CallOption,
  DESCRIPTION,
  EXPIRES,
  FAILED,
  MESSAGE,
  METADATA,
  needed,
  PROJECT,
  PROJECTS,
  PURPOSE,
  REPO,
  RESPONSE,
  SESSION,
  TOKEN,
  TOKEN_DATA,
  TYPE,
  WORKSPACE,
} from '../options/call-options.ts';

/** What a command prints when the service did what it was asked: an id, a record, a token, or a sentence. */
type Printed =
  | { readonly kind: 'id'; readonly field: string }
  | { readonly kind: 'record' | 'token' }
  | { readonly kind: 'sentence'; readonly text: string };

/** A command that calls a method about a user or a record. */
export interface CallCommand {
  readonly group: 'sessions' | 'credentials' | 'interactions' | 'activities';
  readonly name: string;
  readonly description: string;
  readonly method: string;
  /** What the first argument is: the parameter's name in the interface. */
  readonly about: 'user_id' | 'session_id' | 'interaction_id';
  readonly options: readonly CallOption[];
  readonly prints: Printed;
}

/** What an agent does in a day, a command each. */
export const CALL_COMMANDS: readonly CallCommand[] = [
  {
    group: 'sessions',
    name: 'show',
    description: 'show a session',
    method: 'get_agent_session',
    about: 'session_id',
    options: [],
    prints: { kind: 'record' },
  },
  {
    group: 'sessions',
    name: 'begin',
    description: 'begin a session, and print its id',
    method: 'create_session',
    about: 'user_id',
    options: [TYPE, PROJECT, REPO, TOKEN],
    prints: { kind: 'id', field: 'session_id' },
  },
  {
    group: 'sessions',
    name: 'update',
    description: 'change an open session; omitted fields stay',
    method: 'update_agent_session',
    about: 'session_id',
    options: [PROJECT, REPO, TOKEN],
    prints: { kind: 'sentence', text: 'The session was changed.' },
  },
  {
    group: 'sessions',
    name: 'end',
    description: 'end a session',
    method: 'end_agent_session',
    about: 'session_id',
    options: [],
    prints: { kind: 'sentence', text: 'The session has ended.' },
  },
  {
    group: 'credentials',
    name: 'store',
    description: 'store a token, replacing the previous one',
    method: 'store_credentials',
    about: 'user_id',
    options: [TYPE, needed(TOKEN), ACCOUNT, TOKEN_DATA, WORKSPACE, PROJECTS, REPO, EXPIRES],
    prints: { kind: 'sentence', text: 'The credentials were stored.' },
  },
  {
    group: 'credentials',
    name: 'update',
    description: 'change the credentials of the default account; omitted fields stay',
    method: 'update_agent_credentials',
    about: 'user_id',
    options: [TYPE, TOKEN, TOKEN_DATA, WORKSPACE, PROJECTS, REPO, EXPIRES],
    prints: { kind: 'sentence', text: 'The credentials were changed.' },
  },
  {
    group: 'credentials',
    name: 'revoke',
    description: 'revoke a token at once',
    method: 'revoke_credentials',
    about: 'user_id',
    options: [TYPE, ACCOUNT],
    prints: { kind: 'sentence', text: 'The credentials were revoked.' },
  },
  {
    group: 'credentials',
    name: 'lease',
    description: 'print a token, and leave an activity for its user',
    method: 'lease_agent_credentials',
    about: 'user_id',
    options: [TYPE, needed(PURPOSE), ACCOUNT],
    prints: { kind: 'token' },
  },
  {
    group: 'interactions',
    name: 'show',
    description: 'show an interaction',
    method: 'get_agent_interaction',
    about: 'interaction_id',
    options: [],
    prints: { kind: 'record' },
  },
  {
    group: 'interactions',
    name: 'add',
    description: 'store an interaction, and print its id',
    method: 'store_interaction',
    about: 'user_id',
    options: [TYPE, needed(MESSAGE), needed(RESPONSE), FAILED, METADATA, SESSION],
    prints: { kind: 'id', field: 'interaction_id' },
  },
  {
    group: 'activities',
    name: 'log',
    description: "add an entry to the user's audit trail, and print its id",
    method: 'log_activity',
    about: 'user_id',
    options: [TYPE, ACTIVITY, needed(DESCRIPTION), METADATA],
    prints: { kind: 'id', field: 'activity_id' },
  },
];
