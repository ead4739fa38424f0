import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITY_ID, idAt, pagesAfter, placeOf } from '../../../src/json-interface/events/event-pages.ts';
import { FakeTrail } from '../support/fake-trail.ts';

async function idsAfter(trail: FakeTrail, place: bigint): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { events } of pagesAfter(trail.read, place))
    ids.push(...events.map(({ activity }) => activity.id));
  return ids;
}

describe('pagesAfter', () => {
  it('gives what is after a place, oldest first, whatever the size of the pages and the filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.nat({ max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        async (written, place, pageItems, every) => {
          const trail = new FakeTrail({ pageItems, every });
          for (let i = 0; i < Math.max(written, place); i++) trail.write();
          const expected = trail.ids.filter((id) => id > idAt(BigInt(place)));
          expect(await idsAfter(trail, BigInt(place))).toEqual(expected);
        },
      ),
    );
  });

  it('neither loses nor repeats anything while more is written between its pages', async () => {
    const trail = new FakeTrail({ pageItems: 3 });
    for (let i = 0; i < 20; i++) trail.write();
    trail.onRead = () => {
      if (trail.ids.length < 100) for (let i = 0; i < 2; i++) trail.write();
    };
    expect(await idsAfter(trail, 0n)).toEqual(trail.ids);
  });
});

describe('placeOf', () => {
  it('is where the activity with the id stands', () => {
    for (const place of [0n, 1n, 255n, 2n ** 32n - 1n]) {
      expect(idAt(place)).toMatch(ACTIVITY_ID);
      expect(placeOf(idAt(place))).toBe(place);
    }
  });
});
