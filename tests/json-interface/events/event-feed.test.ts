import { describe, expect, it, onTestFinished } from 'vitest';
import { UnauthorizedError } from '../../../src/client/index.ts';
import { EventFeed, type Heard, isRestart } from '../../../src/json-interface/events/event-feed.ts';
import { idAt } from '../../../src/json-interface/events/event-pages.ts';
import { FakeTrail } from '../support/fake-trail.ts';

/** A feed that asks every millisecond, until the test ends. */
async function setupFeed(trail: FakeTrail): Promise<EventFeed> {
  const feed = await EventFeed.open({ read: trail.read, intervalMs: 1 });
  onTestFinished(() => feed.close());
  return feed;
}

/** The next ids that a listener gets. */
async function take(listener: AsyncGenerator<Heard>, count: number) {
  const ids: string[] = [];
  while (ids.length < count) {
    const { value, done } = await listener.next();
    if (done === true) break;
    if (value !== undefined && !isRestart(value)) ids.push(value.id);
  }
  return ids;
}

describe('EventFeed', () => {
  it('gives each listener what comes after its id, once and in order, however slow it is', async () => {
    const trail = new FakeTrail();
    for (let i = 0; i < 3; i++) trail.write();
    const feed = await setupFeed(trail);
    const late = feed.after(feed.place);
    const early = feed.after(0n);
    expect(await take(early, 2)).toEqual([idAt(1n), idAt(2n)]);
    const fast = take(late, 1200);
    // More than are kept for listeners.
    for (let i = 0; i < 1200; i++) {
      trail.write();
      if (i % 100 === 0) await new Promise(setImmediate);
    }
    expect(await fast).toEqual(trail.ids.slice(3));
    expect(await take(early, 1201)).toEqual(trail.ids.slice(2));
  });

  it('asks once for all who listen', async () => {
    const trail = new FakeTrail();
    const feed = await setupFeed(trail);
    const listeners = Array.from({ length: 20 }, () => take(feed.after(0n), 1));
    let readsWithNews = 0;
    trail.onRead = () => {
      if (trail.ids.length > 0) readsWithNews++;
    };
    trail.write();
    expect(await Promise.all(listeners)).toEqual(listeners.map(() => [idAt(1n)]));
    expect(readsWithNews).toBeLessThan(20);
  });

  it('goes on where it was when the network comes back', async () => {
    const trail = new FakeTrail();
    const feed = await setupFeed(trail);
    const listener = take(feed.after(feed.place), 2);
    let failures = 0;
    trail.onRead = () => {
      if (failures++ < 3) throw new Error('the network is away');
    };
    trail.write();
    trail.write();
    expect(await listener).toEqual([idAt(1n), idAt(2n)]);
    expect(failures).toBeGreaterThan(3);
  });

  it('throws what the service refuses it with, once the caller may see the user no more', async () => {
    const trail = new FakeTrail();
    const feed = await setupFeed(trail);
    const listener = take(feed.after(feed.place), 1);
    trail.onRead = () => {
      throw new UnauthorizedError('no longer');
    };
    await expect(listener).rejects.toThrow('no longer');
    await expect(take(feed.after(feed.place), 1)).rejects.toThrow('no longer');
  });

  it('ends all who listen when it is closed', async () => {
    const feed = await setupFeed(new FakeTrail());
    const listener = take(feed.after(feed.place), 1);
    feed.close();
    expect(await listener).toEqual([]);
  });

  it('is not opened where the first question is refused', async () => {
    const trail = new FakeTrail();
    trail.onRead = () => {
      throw new UnauthorizedError('no');
    };
    await expect(setupFeed(trail)).rejects.toThrow(UnauthorizedError);
  });
});

describe('a stream that waits for what will not come', () => {
  /** All that a listener hears until it waits with nothing more, `rounds` times. */
  async function hear(listener: AsyncGenerator<Heard>, until: (heard: readonly string[]) => boolean) {
    const heard: string[] = [];
    while (!until(heard)) {
      const { value, done } = await listener.next();
      if (done === true) break;
      if (value !== undefined) heard.push(isRestart(value) ? 'restart' : value.id);
    }
    return heard;
  }

  it('begins again where the log was put back while it listened, and goes on', async () => {
    const trail = new FakeTrail();
    for (let i = 0; i < 20; i++) trail.write();
    const feed = await setupFeed(trail);
    const listener = feed.after(feed.place);
    const first = hear(listener, (heard) => heard.length === 3);
    trail.putBack(2);
    expect(await first).toEqual(['restart', idAt(1n), idAt(2n)]);
    trail.write();
    expect(await take(listener, 1)).toEqual([idAt(3n)]);
  });

  it('begins again where the log was emptied', async () => {
    const trail = new FakeTrail();
    for (let i = 0; i < 20; i++) trail.write();
    const feed = await setupFeed(trail);
    const listener = feed.after(feed.place);
    const first = hear(listener, (heard) => heard.length === 2);
    trail.putBack(0);
    setTimeout(() => trail.write(), 100);
    expect(await first).toEqual(['restart', idAt(1n)]);
  });

  it('waits for a place that the log has a moment later', async () => {
    const trail = new FakeTrail();
    const feed = await setupFeed(trail);
    const listener = feed.after(2n);
    let asked = 0;
    trail.onRead = () => {
      if (++asked <= 3) trail.write();
    };
    expect(await hear(listener, (heard) => heard.length === 1)).toEqual([idAt(3n)]);
  });

  it('does not take one machine that is behind for a log that was put back', async () => {
    const trail = new FakeTrail();
    for (let i = 0; i < 20; i++) trail.write();
    let asked = 0;
    const read: FakeTrail['read'] = async (after) => {
      asked++;
      // Every other answer about the end is of a machine that is behind.
      return after === undefined && asked > 1 && asked % 2 === 0
        ? { events: [], next: 5n, more: false }
        : trail.read(after);
    };
    const feed = await EventFeed.open({ read, intervalMs: 1 });
    onTestFinished(() => feed.close());
    const listener = take(feed.after(feed.place), 1);
    await expect.poll(() => asked).toBeGreaterThan(200);
    trail.write();
    expect(await listener).toEqual([idAt(21n)]);
  });
});
