import { bls12_381 } from '@noble/curves/bls12-381';
import type { SealingRecipient } from '../src/candid/agent_service.did.ts';
import {
  activityPage,
  createSession,
  GITHUB,
  interactionPage,
  newCredentials,
  newInteraction,
  sessionPage,
  storeCredentials,
} from '../tests/canister/support/records.ts';
import { digestOf, sealedText } from '../tests/canister/support/sealed-text.ts';
import type { MethodName, WasmCanister } from '../tests/canister/support/wasm-canister.ts';

/** What the measured calls are about. */
export interface Subjects {
  /** An open session of user-1. */
  readonly session: string;
  /** An interaction of user-1 with as many newer ones as older ones. */
  readonly middle: string;
}

/** A call that is measured; `prepare` does what each run of it uses up. */
export interface MeasuredCall {
  readonly name: string;
  readonly method: MethodName;
  readonly args: (subjects: Subjects) => unknown[];
  readonly prepare?: (canister: WasmCanister) => Promise<Subjects['session']>;
}

const USER = 'user-1';
const ACCOUNT = { user_id: USER, agent_type: GITHUB, account: [] };
/** For whom secrets are sealed where no right has ended yet. */
const RECIPIENTS: readonly SealingRecipient[] = [
  { kind: { owner: null }, epoch: 0n },
  { kind: { user: null }, epoch: 0n },
  { kind: { agent_type: null }, epoch: 0n },
];
/** The generator of G1: a point that is a transport key. */
const TRANSPORT_KEY = bls12_381.G1.Point.BASE.toBytes(true);
const MESSAGE = 'm'.repeat(100);
const RESPONSE = 'r'.repeat(300);

/** How many requests were given a number. */
let requests = 0;

function interaction(requestId?: string) {
  const request_id: [] | [string] = requestId === undefined ? [] : [requestId];
  return newInteraction({ user_id: USER, message: MESSAGE, response: RESPONSE, request_id });
}

/** Every method of the interface that reads or writes records, with arguments of the usual size. */
export const CALLS: readonly MeasuredCall[] = [
  call('create_agent_session', () => [USER, GITHUB, ['t'], [], []]),
  call('update_agent_session', ({ session }) => [session, ['t'], [], []]),
  {
    ...call('end_agent_session', ({ session }) => [session]),
    prepare: (canister) => createSession(canister),
  },
  call('get_agent_session', ({ session }) => [session]),
  call('store_agent_credentials', () => [USER, GITHUB, 't', [], [], [], [], [2n ** 62n]]),
  call('update_agent_credentials', () => [USER, GITHUB, ['t'], [], [], [], [], []]),
  call('get_agent_credentials', () => [USER, GITHUB]),
  call('get_user_agent_credentials', () => [USER]),
  call('store_credentials', () => [newCredentials({ account: ['work'] })]),
  call('list_credentials', () => [{ user_id: USER, agent_type: [] }]),
  call('lease_agent_credentials', () => [{ ...ACCOUNT, purpose: 'to read issues', duration_ns: [] }]),
  call('store_agent_interaction', () => [USER, GITHUB, MESSAGE, RESPONSE, true, []]),
  call('get_agent_interaction', ({ middle }) => [middle]),
  call('get_user_agent_interactions', () => [USER, [50]], '50'),
  call('get_agent_type_interactions', () => [USER, GITHUB, [50]], '50'),
  call('log_agent_activity', () => [USER, GITHUB, { TaskCreated: null }, 'A task was created', []]),
  call('get_user_agent_activities', () => [USER, [50]], '50'),
  call('get_agent_status', () => [USER]),
  call('list_sessions', () => sessionPage({ limit: [5] }), '5'),
  call('list_interactions', () => interactionPage({ limit: [50] }), '50'),
  call(
    'list_interactions',
    ({ middle }) => interactionPage({ limit: [25], cursor: [middle] }),
    '25 from the middle',
  ),
  call('list_activities', () => activityPage({ limit: [50] }), '50'),
  call('store_interaction', () => [interaction()], 'without a request_id'),
  call('store_interaction', () => [interaction(`request-${requests++}`)], 'with one'),
  call('store_interaction', () => [interaction('request-0')], 'again'),
  call('get_usage', () => [{ user_id: USER }]),
  call('cleanup_expired_sessions', () => [], 'nothing to do'),
  call('cleanup_expired_credentials', () => [], 'nothing to do'),
  {
    ...call('begin_token_refresh', () => [ACCOUNT]),
    // What was stored again has no refresh under way.
    prepare: async (canister) => {
      await storeCredentials(canister, { userId: USER });
      return createSession(canister);
    },
  },
  call(
    'store_credentials',
    () => [newCredentials({ account: ['work'], token: sealedText('token', RECIPIENTS) })],
    'sealed',
  ),
  call('get_sealing_keys', () => [{ ...ACCOUNT, account: ['work'] }]),
  {
    ...call('reseal_credentials', () => [
      {
        ...ACCOUNT,
        new_token: [{ digest: digestOf('in-clear'), sealed: sealedText('token', RECIPIENTS) }],
        new_token_data: [],
      },
    ]),
    prepare: async (canister) => {
      await storeCredentials(canister, { userId: USER, token: 'in-clear' });
      return createSession(canister);
    },
  },
  {
    ...call('derive_opening_key', () => [
      { ...ACCOUNT, session_id: [], recipient: RECIPIENTS[2], transport_public_key: TRANSPORT_KEY },
    ]),
    prepare: async (canister) => {
      await storeCredentials(canister, { userId: USER, token: sealedText('token', RECIPIENTS) });
      return createSession(canister);
    },
  },
];

function call(method: MethodName, args: MeasuredCall['args'], what?: string): MeasuredCall {
  return { name: what === undefined ? method : `${method} (${what})`, method, args };
}
