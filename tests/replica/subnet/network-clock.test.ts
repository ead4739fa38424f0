import { describe, expect, it } from 'vitest';
import { NetworkClock } from '../../../src/replica/subnet/network-clock.ts';

describe('NetworkClock', () => {
  it('follows its source, and stands while that goes back', () => {
    let time = 100n;
    const clock = new NetworkClock(() => time);
    const seen = [100n, 110n, 90n, 105n, 120n].map((each) => {
      time = each;
      return clock.now();
    });
    expect(seen).toEqual([100n, 110n, 110n, 110n, 120n]);
  });

  it('the wall clock is set back: it goes on from where it was, and keeps its pace', () => {
    const minute = 60_000_000_000n;
    let time = 1000n * minute;
    const clock = new NetworkClock(() => time);
    const seen = [1000n, 993n, 994n, 940n, 941n, 1200n].map((each) => {
      time = each * minute;
      return clock.now() / minute;
    });
    expect(seen).toEqual([1000n, 1000n, 1001n, 1001n, 1002n, 1261n]);
    expect(clock.advanced).toBe(0n);
  });

  it('starts no earlier than it is told, and goes on from there', () => {
    let time = 100n;
    const ahead = new NetworkClock(() => time, { time: 1000n });
    const behind = new NetworkClock(() => time, { time: 50n });
    expect([ahead.now(), behind.now()]).toEqual([1000n, 100n]);
    time = 110n;
    expect([ahead.now(), behind.now()]).toEqual([1010n, 110n]);
  });

  it('goes on as far ahead of its source as another was, and no earlier', () => {
    let time = 100n;
    const first = new NetworkClock(() => time);
    first.advance(50n);
    const { advanced } = first;
    time = 1000n;
    expect(new NetworkClock(() => time, { time: first.now(), advanced }).now()).toBe(1050n);
    time = 10n;
    expect(new NetworkClock(() => time, { time: 1050n, advanced }).now()).toBe(1050n);
  });

  it('is moved ahead, not back', () => {
    const clock = new NetworkClock(() => 0n, { time: 7n });
    clock.advance(3n);
    expect(clock.now()).toBe(10n);
    clock.advance(0n);
    expect(clock.now()).toBe(10n);
    expect(() => clock.advance(-1n)).toThrow(RangeError);
  });
});
