import { describe, expect, it } from 'vitest';
import { SESSION_IDLE_NS } from '../../../../src/canister/policy/limits/limits.ts';
import {
  ALL,
  arg,
  CALLER,
  causeAt,
  read,
  SELF,
  setupServices,
  trailOf,
  WORK,
} from '../../support/service-world.ts';

const NOTHING = { token: undefined, project_id: undefined, selected_repo: undefined };

function setupSession() {
  const services = setupServices();
  const world = { ...services, reader: () => ({ rights: ALL, now: services.clock.now }) };
  const create = (userId = 'user-1', agentType: 'GitHub' | 'Gmail' = 'GitHub') =>
    new TextDecoder().decode(
      world.sessions.create({ user_id: arg(userId), agent_type: agentType, ...NOTHING }, world.call()),
    );
  const get = (id: string) => read.session(world.sessions.get(arg(id), world.reader()));
  return { ...world, create, get };
}

describe('SessionService', () => {
  it('stores what a session is created with', () => {
    const { sessions, clock, call, get, noted } = setupSession();
    const id = new TextDecoder().decode(
      sessions.create(
        {
          user_id: arg('ümlaut'),
          agent_type: 'Calendar',
          token: arg('secret'),
          project_id: arg('p'),
          selected_repo: undefined,
        },
        call(),
      ),
    );
    expect(get(id)).toEqual({
      session_id: id,
      user_id: 'ümlaut',
      agent_type: { Calendar: null },
      token: ['secret'],
      project_id: ['p'],
      selected_repo: [],
      created_at: clock.now,
      last_activity: clock.now,
      is_active: true,
      ended_at: [],
      expires_at: clock.now + SESSION_IDLE_NS,
    });
    expect(noted).toEqual([clock.now + SESSION_IDLE_NS]);
  });

  it('keeps what an update leaves out', () => {
    const { sessions, clock, call, create, get } = setupSession();
    const id = create();
    sessions.update(
      { session_id: arg(id), ...NOTHING, token: arg('new'), project_id: arg('p') },
      call(),
      ALL,
    );
    clock.now += 5n;
    sessions.update({ session_id: arg(id), ...NOTHING, selected_repo: arg('o/r') }, call(), ALL);
    expect(get(id)).toMatchObject({
      token: ['new'],
      project_id: ['p'],
      selected_repo: ['o/r'],
      last_activity: clock.now,
      created_at: clock.now - 5n,
    });
  });

  it('tells each change in the activities, with its author', () => {
    const { sessions, activities, call, create } = setupSession();
    const id = create();
    sessions.update({ session_id: arg(id), ...NOTHING, token: arg('t') }, call(), ALL);
    sessions.end({ session_id: arg(id) }, call(), ALL);
    const log = trailOf(activities, 'user-1');
    expect(log.map(({ activity_type }) => Object.keys(activity_type)[0])).toEqual([
      'SessionEnded',
      'SessionUpdated',
      'SessionCreated',
    ]);
    for (const activity of log) {
      expect(activity.actor.toText()).toBe(CALLER.toText());
      expect(JSON.parse(activity.metadata[0] ?? '')).toEqual({ session_id: id });
    }
    expect(
      JSON.stringify(log, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain('"t"');
  });

  it('refuses to change a session that has ended, and changes nothing', () => {
    const { sessions, call, create, get } = setupSession();
    const id = create();
    sessions.end({ session_id: arg(id) }, call(), ALL);
    const before = get(id);
    expect(() => sessions.update({ session_id: arg(id), ...NOTHING, token: arg('t') }, call(), ALL)).toThrow(
      'Conflict: the session has ended',
    );
    expect(() => sessions.end({ session_id: arg(id) }, call(), ALL)).toThrow('Conflict');
    expect(get(id)).toEqual(before);
  });

  it('refuses to change a session whose time is over, even before the timer comes', () => {
    const { sessions, clock, call, create } = setupSession();
    const id = create();
    clock.now += SESSION_IDLE_NS;
    expect(() => sessions.update({ session_id: arg(id), ...NOTHING }, call(), ALL)).toThrow('Expired');
  });

  for (const id of [
    'ses-0000000000000009',
    'int-0000000000000001',
    'ses-00000000000000zz',
    'x',
    'ses-0001000000000001',
    'ses-0000000100000001',
  ]) {
    it(`finds no session ${id}`, () => {
      const { sessions, call, create, get } = setupSession();
      create();
      expect(get(id)).toBeUndefined();
      expect(() => sessions.end({ session_id: arg(id) }, call(), ALL)).toThrow('NotFound');
    });
  }

  it('lists sessions newest first, each user apart', () => {
    const { sessions, create, reader } = setupSession();
    const ids = [create('a'), create('b'), create('a', 'Gmail'), create('a_b'), create('a')];
    const listed = read.sessions(sessions.listByUser(arg('a'), reader(), WORK));
    expect(listed.map((session) => session.session_id)).toEqual([ids[4], ids[2], ids[0]]);
  });

  it('lists the newest 5,000 sessions at most, which a query can read in time', () => {
    const { sessions, store, create, reader } = setupSession();
    const { settings } = store.settings;
    store.settings.save({ ...settings, limits: { active_sessions: 10_000 } });
    for (let i = 0; i < 5001; i++) create();
    const listed = read.sessions(sessions.listByUser(arg('user-1'), reader(), WORK));
    expect(listed).toHaveLength(5000);
    expect(listed[0]?.session_id).toBe('ses-0000000000001389');
  });

  it('finds a session that is older than many that ended once it is updated', () => {
    const { sessions, store, call, create } = setupSession();
    const oldest = create();
    for (let i = 0; i < 17; i++) sessions.end({ session_id: arg(create()) }, call(), ALL);
    const current = () => store.users.find(arg('user-1').utf8)?.currentSession(0);
    expect(current()).toBe(0);
    sessions.update({ session_id: arg(oldest), ...NOTHING }, call(), ALL);
    expect(current()).toBe(1);
    const newest = create();
    sessions.update({ session_id: arg(oldest), ...NOTHING }, call(), ALL);
    expect(current()).toBe(19);
    sessions.end({ session_id: arg(newest) }, call(), ALL);
  });

  it('expires sessions in which nothing happened for a day, and no others', () => {
    const { sessions, activities, clock, call, create, get, status } = setupSession();
    const idle = create();
    const touched = create();
    const ended = create();
    clock.now += SESSION_IDLE_NS / 2n;
    sessions.update({ session_id: arg(touched), ...NOTHING }, call(), ALL);
    sessions.end({ session_id: arg(ended) }, call(), ALL);
    clock.now += SESSION_IDLE_NS / 2n;
    expect(sessions.expire(10, WORK, causeAt(clock.now))).toEqual({ ended: 1, more: false });
    expect(get(idle)).toMatchObject({ is_active: false, ended_at: [clock.now] });
    expect(get(touched)?.is_active).toBe(true);
    expect(status.get(arg('user-1')).activeSessions).toBe(1);
    const [newest] = trailOf(activities, 'user-1', 1);
    expect(newest).toMatchObject({ activity_type: { SessionExpired: null } });
    expect(newest?.actor.toText()).toBe(SELF.toText());

    clock.now += SESSION_IDLE_NS / 2n;
    expect(sessions.expire(10, WORK, causeAt(clock.now)).ended).toBe(1);
    expect(sessions.expire(10, WORK, causeAt(clock.now)).more).toBe(false);
  });

  it('expires a bounded batch at a time', () => {
    const { sessions, clock, create } = setupSession();
    for (let i = 0; i < 7; i++) create();
    clock.now += SESSION_IDLE_NS;
    const batches = [1, 2, 3].map(() => sessions.expire(3, WORK, causeAt(clock.now)).ended);
    expect(batches).toEqual([3, 3, 1]);
  });

  const refused = [
    { field: 'user_id', args: { user_id: arg('') }, limit: '1 to 128 characters' },
    { field: 'user_id', args: { user_id: arg('é'.repeat(129)) }, limit: '1 to 128 characters' },
    { field: 'token', args: { token: arg('') }, limit: '1 to 16384 bytes' },
    { field: 'token', args: { token: arg('t'.repeat(16385)) }, limit: '1 to 16384 bytes' },
    { field: 'project_id', args: { project_id: arg('p'.repeat(513)) }, limit: '1 to 512 bytes' },
    { field: 'selected_repo', args: { selected_repo: arg('') }, limit: '1 to 512 bytes' },
  ];
  for (const { field, args, limit } of refused) {
    it(`refuses a ${field} that is not ${limit} long, and stores nothing`, () => {
      const { sessions, call, status } = setupSession();
      const all = { user_id: arg('user-1'), agent_type: 'GitHub' as const, ...NOTHING, ...args };
      expect(() => sessions.create(all, call())).toThrow(`InvalidArgument: ${field} must be ${limit} long`);
      expect(status.get(arg('user-1')).totalSessions).toBe(0);
    });
  }

  it('takes a user_id of 128 characters of several bytes each', () => {
    const { sessions, create, reader } = setupSession();
    const userId = '𝔘'.repeat(128);
    create(userId);
    expect(read.sessions(sessions.listByUser(arg(userId), reader(), WORK))).toHaveLength(1);
  });
});
