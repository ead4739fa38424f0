import { describe, expect, it } from 'vitest';
import { ALL, arg, setupServices, WORK } from '../../support/service-world.ts';

type Services = ReturnType<typeof setupServices>;

function log(
  { activities, call }: Services,
  userId: string,
  activityType: 'TaskCreated' | 'TaskUpdated',
): void {
  const activity = { agent_type: 'GitHub', description: arg('d'), metadata: undefined } as const;
  activities.log({ ...activity, user_id: arg(userId), activity_type: activityType }, call());
}

/** The number of events and of pages up to the newest. */
function countAll({ events }: Services, filter: { user_id?: string; activity_types?: ['TaskCreated'] }) {
  const { user_id, activity_types } = filter;
  const about = {
    user_id: user_id === undefined ? undefined : arg(user_id),
    agent_type: undefined,
    activity_types,
  };
  let [found, pages, after, more] = [0, 0, 0n, true];
  while (more) {
    const page = events.page({ after, limit: 500, filter: about }, ALL, WORK);
    expect(page.next).toBeGreaterThan(after);
    found += page.events.length;
    pages++;
    ({ next: after, more } = page);
  }
  return [found, pages];
}

describe('EventService', () => {
  it('ends a page after it looked at 2,000 activities, however few pass', () => {
    const services = setupServices();
    log(services, 'rare', 'TaskCreated');
    for (let i = 0; i < 4100; i++) log(services, 'busy', 'TaskUpdated');
    log(services, 'rare', 'TaskCreated');
    expect(countAll(services, { activity_types: ['TaskCreated'] })).toEqual([2, 3]);
    expect(countAll(services, { user_id: 'rare' })).toEqual([2, 1]);
    expect(countAll(services, { user_id: 'busy' })[0]).toBe(4100);
    expect(countAll(services, { user_id: 'nobody' })).toEqual([0, 1]);
  });
});
