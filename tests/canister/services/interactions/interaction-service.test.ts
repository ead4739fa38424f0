import { describe, expect, it } from 'vitest';
import { SESSION_IDLE_NS } from '../../../../src/canister/policy/limits/limits.ts';
import { ALL, arg, read, setupServices, WORK } from '../../support/service-world.ts';

type AgentType = 'GitHub' | 'Gmail';

function setupInteractions() {
  const world = setupServices();
  const { interactions, sessions, call, clock } = world;
  const tell = (message: string, options: { user?: string; type?: AgentType; success?: boolean } = {}) => {
    clock.now += 1n;
    return new TextDecoder().decode(
      interactions.store(
        {
          user_id: arg(options.user ?? 'u'),
          agent_type: options.type ?? 'GitHub',
          message: arg(message),
          response: arg(`re: ${message}`),
          success: options.success ?? true,
          metadata: undefined,
        },
        call(),
      ),
    );
  };
  const begin = (type: AgentType = 'GitHub') =>
    new TextDecoder().decode(
      sessions.create(
        {
          user_id: arg('u'),
          agent_type: type,
          token: undefined,
          project_id: undefined,
          selected_repo: undefined,
        },
        call(),
      ),
    );
  const get = (id: string) => read.interaction(interactions.get(arg(id), ALL));
  const list = (limit?: number, agentType?: AgentType) =>
    read
      .interactions(
        interactions.list(
          {
            user_id: arg('u'),
            ...(agentType === undefined ? {} : { agent_type: agentType }),
            limit,
          },
          ALL,
          WORK,
        ),
      )
      .map(({ message }) => message);
  return { ...world, tell, begin, get, list };
}

describe('InteractionService', () => {
  it('stores an interaction as it is told', () => {
    const { interactions, clock, call, get } = setupInteractions();
    const id = new TextDecoder().decode(
      interactions.store(
        {
          user_id: arg('u'),
          agent_type: 'Gmail',
          message: arg('Grüße'),
          response: arg('🎉'),
          success: false,
          metadata: arg('{"n":1}'),
        },
        call(),
      ),
    );
    expect(get(id)).toEqual({
      id,
      user_id: 'u',
      agent_type: { Gmail: null },
      message: 'Grüße',
      response: '🎉',
      timestamp: clock.now,
      success: false,
      metadata: ['{"n":1}'],
      session_id: [],
    });
  });

  it('gives every interaction an id of its own, within one moment too', () => {
    const { interactions, call } = setupInteractions();
    const args = {
      user_id: arg('u'),
      agent_type: 'GitHub' as const,
      message: arg('m'),
      response: arg('r'),
      success: true,
      metadata: undefined,
    };
    const ids = Array.from({ length: 300 }, () => new TextDecoder().decode(interactions.store(args, call())));
    expect(new Set(ids).size).toBe(300);
  });

  it('lists the newest, of all types or of one', () => {
    const { tell, list } = setupInteractions();
    for (let i = 0; i < 60; i++) tell(`${i}`, { type: i % 3 === 0 ? 'Gmail' : 'GitHub' });
    tell('of another', { user: 'v' });
    expect(list()).toEqual(Array.from({ length: 50 }, (_, i) => `${59 - i}`));
    expect(list(3)).toEqual(['59', '58', '57']);
    expect(list(3, 'Gmail')).toEqual(['57', '54', '51']);
    expect(list(500, 'Gmail')).toHaveLength(20);
  });

  for (const limit of [0, 501]) {
    it(`refuses a limit of ${limit}`, () => {
      expect(() => setupInteractions().list(limit)).toThrow(
        `InvalidArgument: limit must be 1 to 500, is ${limit}`,
      );
    });
  }

  it('belongs to the newest open session of its type, and keeps it open', () => {
    const { tell, begin, get, sessions, clock, call } = setupInteractions();
    expect(get(tell('before'))?.session_id).toEqual([]);
    const older = begin();
    const newer = begin();
    const mail = begin('Gmail');
    expect(get(tell('a'))?.session_id).toEqual([newer]);
    expect(get(tell('b', { type: 'Gmail' }))?.session_id).toEqual([mail]);
    expect(read.session(sessions.get(arg(mail), { rights: ALL, now: clock.now }))).toMatchObject({
      last_activity: clock.now,
      expires_at: clock.now + SESSION_IDLE_NS,
      is_active: true,
      agent_type: { Gmail: null },
    });
    sessions.end({ session_id: arg(newer) }, call(), ALL);
    expect(get(tell('c'))?.session_id).toEqual([older]);
    clock.now += SESSION_IDLE_NS;
    expect(get(tell('d'))?.session_id).toEqual([]);
  });

  it('refuses what is empty, too long or no JSON', () => {
    const { interactions, status, call } = setupInteractions();
    const good = {
      user_id: arg('u'),
      agent_type: 'GitHub' as const,
      message: arg('m'),
      response: arg('r'),
      success: true,
      metadata: undefined,
    };
    const cases = [
      { change: { user_id: arg('') }, message: 'user_id must be' },
      { change: { message: arg('') }, message: 'message must be 1 to 262144 bytes long, is 0' },
      { change: { response: arg('r'.repeat(262_145)) }, message: 'response must be 1 to 262144 bytes long' },
      { change: { metadata: arg('nope') }, message: 'metadata must be valid JSON' },
      { change: { metadata: arg('[]'.padEnd(65_537)) }, message: 'metadata must be 1 to 65536 bytes long' },
    ];
    for (const { change, message } of cases) {
      expect(() => interactions.store({ ...good, ...change }, call())).toThrow(`InvalidArgument: ${message}`);
    }
    expect(status.get(arg('u')).recentInteractions).toBe(0);
  });

  it('ends a list at the newest records that fit into a reply', () => {
    const { interactions, call, list } = setupInteractions();
    const big = arg('x'.repeat(250_000));
    for (let i = 0; i < 12; i++) {
      const args = { user_id: arg('u'), agent_type: 'GitHub' as const, success: true, metadata: undefined };
      interactions.store({ ...args, message: arg(`${i}`), response: big }, call());
    }
    expect(list(12)).toEqual(['11', '10', '9', '8', '7', '6', '5', '4']);
  });
});
