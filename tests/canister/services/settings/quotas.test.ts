import { describe, expect, it } from 'vitest';
import { agentTypes } from '../../../../src/canister/models/agent-type.ts';
import type { LimitName } from '../../../../src/canister/models/settings/limits.ts';
import { ALL, arg, causeAt, read, setupServices, WORK } from '../../support/service-world.ts';

const HOUR = 3_600_000_000_000n;
const NOTHING = {
  token: undefined,
  project_id: undefined,
  selected_repo: undefined,
  token_data: undefined,
  workspace_id: undefined,
  project_ids: [],
  expires_at: undefined,
  metadata: undefined,
};
const OF_USER = { ...NOTHING, user_id: arg('user-1'), agent_type: 'GitHub', account: undefined } as const;

function setupQuotas(limits: Partial<Record<LimitName, number>> = {}) {
  const world = setupServices();
  const { store, sessions, interactions, credentials, activities, usage, call } = world;
  store.settings.save({ ...store.settings.settings, limits });
  return {
    ...world,
    createSession: (userId = 'user-1') => sessions.create({ ...OF_USER, user_id: arg(userId) }, call()),
    storeInteraction: (sessionId?: Uint8Array) =>
      interactions.store(
        {
          ...OF_USER,
          message: arg('m'),
          response: arg('r'),
          success: true,
          session_id: sessionId && arg(new TextDecoder().decode(sessionId)),
        },
        call(),
      ),
    storeCredentials: (agent_type: 'GitHub' | 'Gmail' = 'GitHub', token = 't') =>
      credentials.store({ ...OF_USER, agent_type, token: arg(token) }, call()),
    logActivity: () =>
      activities.log({ ...OF_USER, activity_type: 'TaskCreated', description: arg('d') }, call()),
    used: () =>
      Object.fromEntries(
        Object.entries(usage.get(arg('user-1'), call())).map(([name, { used }]) => [name, used]),
      ),
  };
}

/** Bytes of everything that is stored of user-1. */
function storedBytes({ store }: ReturnType<typeof setupQuotas>): number {
  let bytes = 0;
  for (const log of [store.sessions, store.interactions, store.activities]) {
    for (let i = 1; i <= log.last; i++) bytes += log.get(i)?.bytes.length ?? 0;
  }
  const user = store.users.numberOf(arg('user-1').utf8) ?? 0;
  for (const code of agentTypes.names.keys()) {
    for (const stored of store.credentials.accounts(user, code)) bytes += stored.storedLength;
  }
  return bytes;
}

describe('quotas', () => {
  it('refuse a session beyond those that may be active or there at all, and count what ends', () => {
    const { createSession, sessions, call } = setupQuotas({ active_sessions: 2, total_sessions: 3 });
    const first = createSession();
    createSession();
    expect(() => createSession()).toThrow('QuotaExceeded: no more than 2 active_sessions');
    createSession('user-2');
    sessions.end({ session_id: arg(new TextDecoder().decode(first)) }, call(), ALL);
    createSession();
    sessions.end({ session_id: arg(new TextDecoder().decode(first).replace(/1$/, '2')) }, call(), ALL);
    expect(() => createSession()).toThrow('QuotaExceeded: no more than 3 total_sessions');
  });

  it('refuse an interaction beyond those that there may be', () => {
    const { storeInteraction } = setupQuotas({ interactions: 2 });
    storeInteraction();
    storeInteraction();
    expect(() => storeInteraction()).toThrow('QuotaExceeded: no more than 2 interactions');
  });

  it('refuse credentials beyond those that there may be, and let them be replaced', () => {
    const { storeCredentials, credentials, call } = setupQuotas({ credentials: 1 });
    storeCredentials();
    storeCredentials('GitHub', 'another');
    expect(() => storeCredentials('Gmail')).toThrow('QuotaExceeded: no more than 1 credentials');
    credentials.revoke(OF_USER, call(), ALL);
    storeCredentials('Gmail');
  });

  it('refuse everything that takes bytes once they are used up, and nothing that gives them back', () => {
    const world = setupQuotas();
    const session = world.createSession();
    world.storeCredentials();
    const { store, credentials, sessions, call } = world;
    store.settings.save({ ...store.settings.settings, limits: { bytes: storedBytes(world) } });
    const sessionId = arg(new TextDecoder().decode(session));
    for (const write of [
      () => world.createSession(),
      () => world.storeInteraction(),
      () => world.storeCredentials(),
      () => world.logActivity(),
      () => credentials.update({ ...OF_USER, token: arg('t') }, call()),
      () => sessions.update({ ...NOTHING, session_id: sessionId }, call(), ALL),
    ]) {
      expect(write).toThrow(/^QuotaExceeded: no more than \d+ bytes$/);
    }
    world.createSession('user-2');
    sessions.end({ session_id: sessionId }, call(), ALL);
    credentials.revoke(OF_USER, call(), ALL);
  });

  it('count the bytes of everything that is stored, and of nothing else', () => {
    const world = setupQuotas();
    const { sessions, credentials, clock, call } = world;
    const session = arg(new TextDecoder().decode(world.createSession()));
    world.storeInteraction();
    world.storeCredentials();
    world.storeCredentials('GitHub', 'a longer token');
    credentials.update({ ...OF_USER, token: arg('s') }, call());
    sessions.update({ ...NOTHING, session_id: session, token: arg('a token') }, call(), ALL);
    expect(world.used()['bytes']).toBe(storedBytes(world));
    sessions.end({ session_id: session }, call(), ALL);
    world.createSession();
    credentials.store(
      { ...OF_USER, agent_type: 'Gmail', token: arg('t'), expires_at: clock.now + HOUR },
      call(),
    );
    credentials.revoke(OF_USER, call(), ALL);
    clock.now += 30n * HOUR;
    sessions.expire(10, WORK, causeAt(clock.now));
    credentials.expire(10, WORK, causeAt(clock.now));
    expect(world.used()).toEqual({
      active_sessions: 0,
      total_sessions: 2,
      credentials: 0,
      interactions: 1,
      bytes: storedBytes(world),
    });
  });

  it('follow the limits of the agent that calls', () => {
    const world = setupQuotas({ interactions: 1 });
    const { store, call, usage } = world;
    store.settings.setAgentLimits(call().principal, { interactions: 2 });
    world.storeInteraction();
    world.storeInteraction();
    expect(() => world.storeInteraction()).toThrow('no more than 2 interactions');
    const stranger = { ...call(), principal: Uint8Array.of(77) };
    expect(usage.get(arg('user-1'), stranger).interactions).toEqual({ used: 2, limit: 1 });
  });
});

describe('the session that an interaction names', () => {
  it('takes it, and is kept open by it, though it is not the current one', () => {
    const { createSession, storeInteraction, interactions, sessions, clock } = setupQuotas();
    const named = createSession();
    createSession();
    clock.now += HOUR;
    storeInteraction(named);
    const [stored] = read.interactions(interactions.list({ user_id: arg('user-1'), limit: 1 }, ALL, WORK));
    const id = new TextDecoder().decode(named);
    expect(stored?.session_id).toEqual([id]);
    expect(read.session(sessions.get(arg(id), { rights: ALL, now: clock.now }))).toMatchObject({
      last_activity: clock.now,
    });
  });

  it('must be open, of the user and of the agent type', () => {
    const world = setupQuotas();
    const { createSession, storeInteraction, sessions, clock, call, store } = world;
    const theirs = createSession('user-2');
    const text = (bytes: Uint8Array) => arg(new TextDecoder().decode(bytes));
    expect(() => storeInteraction(theirs)).toThrow('NotFound');
    expect(store.users.numberOf(arg('user-1').utf8)).toBeUndefined();
    const gmail = sessions.create({ ...OF_USER, agent_type: 'Gmail' }, call());
    expect(() => storeInteraction(gmail)).toThrow('NotFound');
    expect(() => storeInteraction(arg('ses-00000000000000ff').utf8)).toThrow('NotFound');
    expect(() => storeInteraction(arg('').utf8)).toThrow('session_id must be 1 to 512 bytes long');
    const ended = createSession();
    sessions.end({ session_id: text(ended) }, call(), ALL);
    expect(() => storeInteraction(ended)).toThrow('Conflict: the session has ended');
    const expired = createSession();
    clock.now += 24n * HOUR;
    expect(() => storeInteraction(expired)).toThrow('Expired: the session has expired');
  });
});
