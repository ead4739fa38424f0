import { describe, expect, it } from 'vitest';
import { ALL, arg, CALLER, read, setupServices, trailOf, WORK } from '../../support/service-world.ts';

const EVENT = {
  user_id: arg('u'),
  agent_type: 'Asana' as const,
  activity_type: 'TaskCreated' as const,
  description: arg('Aufgabe „A“'),
  metadata: arg('{"task":1}'),
};

describe('ActivityService', () => {
  it('logs what an agent tells, with its author', () => {
    const { activities, clock, call } = setupServices();
    activities.log(EVENT, call());
    const [activity] = trailOf(activities, 'u');
    expect({ ...activity, actor: activity?.actor.toText() }).toEqual({
      id: 'act-0000000000000001',
      user_id: 'u',
      agent_type: { Asana: null },
      activity_type: { TaskCreated: null },
      description: 'Aufgabe „A“',
      timestamp: clock.now,
      metadata: ['{"task":1}'],
      actor: CALLER.toText(),
    });
  });

  it('lists the newest hundred unless told otherwise', () => {
    const { activities, call } = setupServices();
    for (let i = 0; i < 120; i++) activities.log({ ...EVENT, description: arg(`${i}`) }, call());
    const described = (limit: number | undefined) =>
      read
        .seedActivities(activities.listByUser(arg('u'), limit, ALL, WORK))
        .map(({ description }) => description);
    expect(described(undefined)).toEqual(Array.from({ length: 100 }, (_, i) => `${119 - i}`));
    expect(described(2)).toEqual(['119', '118']);
  });

  it('pages by type of activity', () => {
    const { activities, call } = setupServices();
    for (const activity_type of ['EmailSent', 'EmailRead', 'EmailSent'] as const) {
      activities.log({ ...EVENT, activity_type, description: arg(activity_type) }, call());
    }
    const none = {
      agent_type: undefined,
      from: undefined,
      until: undefined,
      limit: undefined,
      cursor: undefined,
    };
    const page = activities.page({ ...none, user_id: arg('u'), activity_type: 'EmailSent' }, ALL, WORK);
    expect(read.activities(page.items).map(({ id }) => id)).toEqual([
      'act-0000000000000003',
      'act-0000000000000001',
    ]);
  });

  const refused = [
    { change: { user_id: arg('') }, message: 'user_id must be' },
    { change: { description: arg('') }, message: 'description must be 1 to 4096 bytes long, is 0' },
    { change: { description: arg('d'.repeat(4097)) }, message: 'description must be 1 to 4096 bytes long' },
    { change: { metadata: arg('') }, message: 'metadata must be 1 to 65536 bytes long, is 0' },
    { change: { metadata: arg("{'a':1}") }, message: 'metadata must be valid JSON' },
  ];
  for (const { change, message } of refused) {
    it(`refuses: ${message}`, () => {
      const { activities, status, call } = setupServices();
      expect(() => activities.log({ ...EVENT, ...change }, call())).toThrow(`InvalidArgument: ${message}`);
      expect(status.get(arg('u')).recentActivities).toBe(0);
    });
  }
});

describe('StatusService', () => {
  it('is all zeros for a user of whom nothing is stored', () => {
    expect(setupServices().status.get(arg('nobody'))).toMatchObject({
      activeSessions: 0,
      totalSessions: 0,
      connectedAgents: 0,
      recentInteractions: 0,
      recentActivities: 0,
      lastActivity: 0n,
    });
  });

  it('counts sessions, and the newest interactions and activities up to a bound', () => {
    const { status, sessions, interactions, clock, call } = setupServices();
    const empty = { token: undefined, project_id: undefined, selected_repo: undefined };
    const ids = [1, 2, 3].map(() =>
      sessions.create({ user_id: arg('u'), agent_type: 'GitHub', ...empty }, call()),
    );
    sessions.end({ session_id: arg(new TextDecoder().decode(ids[0])) }, call(), ALL);
    const told = { user_id: arg('u'), agent_type: 'GitHub' as const, message: arg('m'), response: arg('r') };
    for (let i = 0; i < 25; i++) {
      clock.now += 1n;
      interactions.store({ ...told, success: true, metadata: undefined }, call());
    }
    expect(status.get(arg('u'))).toMatchObject({
      activeSessions: 2,
      totalSessions: 3,
      recentInteractions: 10,
      recentActivities: 20,
      lastActivity: clock.now,
    });
  });
});
