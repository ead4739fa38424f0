import { describe, expect, it } from 'vitest';
import type { EventPage } from '../../../src/client/index.ts';
import { followEvents } from '../../../src/dashboard/live/follow-events.ts';
import { activity } from '../support/activity.ts';

type Answer = EventPage | 'unreachable';

const page = (next: bigint, more: boolean, ...indices: bigint[]): EventPage => ({
  events: indices.map((index) => ({ index, activity: activity({ id: `act-${index}` }) })),
  next,
  more,
  end: next,
});

/** Follows the answers given, one a question, and ends; resolves with what was asked, told and waited for. */
async function follow(...answers: Answer[]) {
  const stop = new AbortController();
  const asked: (bigint | undefined)[] = [];
  const told: bigint[] = [];
  const waited: number[] = [];
  await followEvents({
    read: async (after) => {
      asked.push(after);
      const answer = answers.shift();
      if (answer === undefined || answer === 'unreachable') throw new Error('the network does not answer');
      return answer;
    },
    onEvents: (events) => told.push(...events.map(({ index }) => index)),
    wait: async (intervals) => {
      waited.push(intervals);
      if (answers.length === 0) stop.abort();
    },
    signal: stop.signal,
  });
  return { asked, told, waited };
}

describe('the feed of events', () => {
  it('begins with what comes from now on, and goes on from each page', async () => {
    const { asked, told } = await follow(page(7n, false), page(9n, false, 8n, 9n), page(9n, false));
    expect(asked).toEqual([undefined, 7n, 9n]);
    expect(told).toEqual([8n, 9n]);
  });

  it('goes on from the end where the log was put back, and waits for machines that are behind', async () => {
    const back = { ...page(9n, false), end: 4n };
    const { asked } = await follow(
      page(9n, false),
      back,
      back,
      page(9n, false),
      back,
      back,
      back,
      back,
      page(5n, false, 5n),
    );
    expect(asked).toEqual([undefined, ...Array<bigint>(7).fill(9n), 4n]);
  });

  it('asks again at once while there is more', async () => {
    const { told, waited } = await follow(page(1n, false), page(3n, true, 2n, 3n), page(4n, false, 4n));
    expect(told).toEqual([2n, 3n, 4n]);
    expect(waited).toHaveLength(2);
  });

  it('asks less and less often while the network does not answer, and then misses nothing', async () => {
    const failures = Array<Answer>(6).fill('unreachable');
    const { asked, told, waited } = await follow(page(5n, false), ...failures, page(6n, false, 6n));
    expect(asked.slice(1)).toEqual(Array(7).fill(5n));
    expect(waited).toEqual([1, 2, 4, 8, 16, 16, 16, 1]);
    expect(told).toEqual([6n]);
  });

  it('tells nothing of an answer that comes after its end', async () => {
    const stop = new AbortController();
    const told: unknown[] = [];
    await followEvents({
      read: async () => {
        stop.abort();
        return page(1n, false, 1n);
      },
      onEvents: (events) => told.push(...events),
      wait: () => Promise.reject(new Error('it waited')),
      signal: stop.signal,
    });
    expect(told).toEqual([]);
  });
});
