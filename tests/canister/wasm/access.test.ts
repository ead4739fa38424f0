import { describe, expect, it } from 'vitest';
import { METHODS } from '../support/candid-interface.ts';
import {
  activityPage,
  createSession,
  GITHUB,
  interactionPage,
  sessionPage,
  storeInteraction,
} from '../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  CONTROLLER,
  decodeReply,
  encodeArgs,
  type MethodName,
  OWNER,
  Rejected,
  STRANGER,
  setupCanister,
} from '../support/wasm-canister.ts';

const CALLERS = {
  'the anonymous caller': ANONYMOUS,
  'a stranger': STRANGER,
  'an agent': AGENT,
  'the owner': OWNER,
  'a controller': CONTROLLER,
};
type Caller = keyof typeof CALLERS;

const AGENTS: readonly Caller[] = ['an agent', 'the owner'];
const ADMINS: readonly Caller[] = ['the owner', 'a controller'];

/** Whether a refusal is an `Err` or, where the result has none, a reject. */
type Refusal = 'Err' | 'reject';

/** Every method: who may call it, how the others are refused, and arguments that do something. */
const TABLE: Readonly<Record<MethodName, [readonly Caller[], Refusal, unknown[]]>> = {
  create_agent_session: [AGENTS, 'Err', ['user-1', GITHUB, [], [], []]],
  update_agent_session: [AGENTS, 'Err', ['ses-0000000000000001', ['t'], [], []]],
  end_agent_session: [AGENTS, 'Err', ['ses-0000000000000001']],
  get_agent_session: [AGENTS, 'reject', ['ses-0000000000000001']],
  get_user_agent_sessions: [AGENTS, 'reject', ['user-1']],
  store_agent_credentials: [AGENTS, 'Err', ['user-1', GITHUB, 't', [], [], [], [], []]],
  update_agent_credentials: [AGENTS, 'Err', ['user-1', GITHUB, [], [], [], [], [], []]],
  get_agent_credentials: [AGENTS, 'reject', ['user-1', GITHUB]],
  get_user_agent_credentials: [AGENTS, 'reject', ['user-1']],
  store_agent_interaction: [AGENTS, 'Err', ['user-1', GITHUB, 'm', 'r', true, []]],
  get_agent_interaction: [AGENTS, 'reject', ['int-0000000000000001']],
  get_user_agent_interactions: [AGENTS, 'reject', ['user-1', []]],
  get_agent_type_interactions: [AGENTS, 'reject', ['user-1', GITHUB, []]],
  log_agent_activity: [AGENTS, 'reject', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]],
  get_user_agent_activities: [AGENTS, 'reject', ['user-1', []]],
  get_agent_status: [AGENTS, 'reject', ['user-1']],
  cleanup_expired_sessions: [AGENTS, 'reject', []],
  cleanup_expired_credentials: [AGENTS, 'reject', []],
  list_sessions: [AGENTS, 'Err', sessionPage()],
  list_interactions: [AGENTS, 'Err', interactionPage()],
  list_activities: [AGENTS, 'Err', activityPage()],
  add_agent: [ADMINS, 'Err', [{ agent: STRANGER, name: 'n' }]],
  remove_agent: [ADMINS, 'Err', [{ agent: AGENT }]],
  list_agents: [ADMINS, 'Err', [{}]],
};

const MESSAGES: Record<'anonymous' | 'agents' | 'admins', string> = {
  anonymous: 'anonymous callers may not use this service',
  agents: 'the caller is not an agent of this service; its owner or a controller can add it by add_agent',
  admins: 'only the owner of this service and its controllers may do this',
};

function messageFor(caller: Caller, allowed: readonly Caller[]): string {
  if (caller === 'the anonymous caller') return MESSAGES.anonymous;
  return MESSAGES[allowed === ADMINS ? 'admins' : 'agents'];
}

describe('access', () => {
  it('is decided for every method of the interface', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...METHODS.keys()].sort());
  });

  for (const caller of Object.keys(CALLERS) as Caller[]) {
    const sender = CALLERS[caller];
    const methods = Object.entries(TABLE) as [MethodName, (typeof TABLE)[MethodName]][];

    it(`of ${caller} is refused before anything is read or written`, async () => {
      const canister = await setupCanister();
      await createSession(canister);
      await storeInteraction(canister);
      const before = canister.stableDigest();
      for (const [name, [allowed, refusal, args]] of methods) {
        if (allowed.includes(caller)) continue;
        const message = messageFor(caller, allowed);
        for (const arg of [encodeArgs(name, args as never), new Uint8Array()]) {
          for (const outcome of [
            await canister.rawSend(name, arg, { sender }),
            await canister.rawCall(name, arg, { sender }),
          ]) {
            if (refusal === 'Err') {
              expect(decodeReply(name, outcome)).toEqual({ Err: { Unauthorized: { message } } });
            } else {
              expect(() => decodeReply(name, outcome)).toThrow(Rejected);
              expect(outcome).toMatchObject({ reject: { code: 4, message: `Unauthorized: ${message}` } });
            }
          }
        }
      }
      expect(canister.stableDigest()).toBe(before);
    });

    it(`of ${caller} is granted where it is due`, async () => {
      for (const [name, [allowed, , args]] of methods) {
        if (!allowed.includes(caller)) continue;
        const canister = await setupCanister();
        await createSession(canister);
        await canister.call('store_agent_credentials', ['user-1', GITHUB, 't', [], [], [], [], []]);
        const outcome = await canister.rawSend(name, encodeArgs(name, args as never), { sender });
        const result = decodeReply(name, outcome);
        if (typeof result === 'object') expect(result).not.toHaveProperty('Err');
      }
    });
  }
});
