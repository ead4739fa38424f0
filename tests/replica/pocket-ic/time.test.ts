import { describe, expect, it, onTestFinished } from 'vitest';
import { PocketIcInstance } from '../../../src/replica/pocket-ic/instance.ts';
import type { InstanceRecord } from '../../../src/replica/pocket-ic/instance-event.ts';

const START = 1_700_000_000_000_000_000n;

function setupInstance(): PocketIcInstance {
  const instance = new PocketIcInstance({
    subnets: [{ kind: 'Application' }, { kind: 'Application' }],
    time: START,
  });
  onTestFinished(() => instance.close());
  return instance;
}

describe('the time of rounds', () => {
  it('is the one that was set, and a nanosecond more for each round after it', () => {
    const instance = setupInstance();
    instance.tick();
    expect(instance.now()).toBe(START);
    instance.tick();
    expect(instance.now()).toBe(START + 1n);
    instance.setTime(START + 5n);
    instance.tick();
    expect(instance.now()).toBe(START + 5n);
    // What it was set to is where it is: a round has to be later than the one before.
    instance.setTime(START + 5n);
    instance.tick();
    expect(instance.now()).toBe(START + 6n);
  });

  it('is the same when the journal of them is done again', async () => {
    const first = setupInstance();
    const records: InstanceRecord[] = [];
    first.keepIn((record) => {
      records.push(record);
      return true;
    });
    for (const ahead of [0n, 7n, 7n, 100n]) {
      if (ahead > 0n) first.setTime(START + ahead);
      first.tick();
    }
    const second = setupInstance();
    await second.replay(records);
    expect(second.now()).toBe(first.now());
    expect(second.subnets.stateHash()).toEqual(first.subnets.stateHash());
  });

  it('is a nanosecond after the event in a journal of before the time was kept', async () => {
    const instance = setupInstance();
    const stateBefore = instance.subnets.stateHash();
    await instance.replay([{ time: START + 3n, event: { kind: 'round', stateBefore, queryStats: [] } }]);
    expect(instance.now()).toBe(START + 4n);
  });
});
