import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activitiesAfter, BEFORE_ALL, newestId } from '../../../src/gateway/events/activities.ts';
import { FakeTrail, idOf } from '../support/fake-trail.ts';

async function idsAfter(trail: FakeTrail, id: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const activity of activitiesAfter(trail.read, id)) ids.push(activity.id);
  return ids;
}

describe('activitiesAfter', () => {
  it('gives what is after an id, oldest first, whatever the size of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.nat({ max: 45 }),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (written, after, pageItems, emptyPages) => {
          const trail = new FakeTrail({ pageItems, emptyPages });
          for (let i = 0; i < written; i++) trail.write();
          const expected = trail.ids.filter((id) => id > idOf(after));
          expect(await idsAfter(trail, idOf(after))).toEqual(expected);
        },
      ),
    );
  });

  it('neither loses nor repeats what was there, while more is written between its pages', async () => {
    const trail = new FakeTrail({ pageItems: 3 });
    for (let i = 0; i < 20; i++) trail.write();
    const before = trail.ids;
    trail.onRead = () => {
      for (let i = 0; i < 4; i++) trail.write();
    };
    expect(await idsAfter(trail, BEFORE_ALL)).toEqual(before);
  });
});

describe('newestId', () => {
  it('is less than all where there is none', async () => {
    expect(await newestId(new FakeTrail().read)).toBe(BEFORE_ALL);
  });

  it('is found behind pages without items', async () => {
    const trail = new FakeTrail({ pageItems: 1, emptyPages: true });
    trail.write();
    expect(await newestId(trail.read)).toBe(idOf(1));
  });
});
