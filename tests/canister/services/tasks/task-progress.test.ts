import { describe, expect, it } from 'vitest';
import { LEAST_TASK_WORK, TASK_WORK } from '../../../../src/canister/policy/limits/limits.ts';
import { TaskProgress } from '../../../../src/canister/services/tasks/task-progress.ts';

const SECOND = 1_000_000_000n;
const START = 1_000_000n * SECOND;

/** A task that is always due; its messages trap, or not, as the test says. */
function setupTask({ canSetAside = true } = {}) {
  const done: ('work' | 'set aside')[] = [];
  const clock = { now: START };
  const progress = new TaskProgress({
    name: 'sessions',
    dueAt: () => START,
    run: () => false,
    ...(canSetAside && { setAside: () => undefined }),
  });
  /** A look of the timer, and the message that it sends for. */
  const look = ({ traps }: { readonly traps: boolean }) => {
    clock.now += 5n * SECOND;
    if (!progress.isWanted(clock.now)) return false;
    progress.begin(clock.now);
    if (progress.next === 'set aside') progress.finishSettingAside();
    else if (!traps) progress.finish(false);
    done.push(progress.next);
    return true;
  };
  return { progress, clock, look };
}

describe('a task that traps', () => {
  it('does half as much each time, down to the least, then puts one thing aside, and goes on', () => {
    const { progress, look } = setupTask();
    const limits: number[] = [];
    while (progress.state.setAside === 0) {
      look({ traps: true });
      limits.push(progress.workLimit);
    }
    expect(limits[0]).toBe(TASK_WORK);
    expect(limits[1]).toBe(TASK_WORK / 2);
    expect(limits.at(-1)).toBe(LEAST_TASK_WORK);
    // Ten looks are less than a minute.
    expect(limits.length).toBeLessThanOrEqual(12);
    expect(progress.state).toMatchObject({ setAside: 1, stuckSince: START + 5n * SECOND });
    look({ traps: false });
    expect(progress.state).toMatchObject({ setAside: 1, stuckSince: undefined, workLimit: TASK_WORK });
  });

  it('waits for its message before it calls it lost', () => {
    const { progress, clock } = setupTask();
    progress.begin(clock.now);
    expect(progress.isWanted(clock.now + SECOND)).toBe(false);
    expect(progress.state.traps).toBe(0);
    expect(progress.isWanted(clock.now + 5n * SECOND)).toBe(true);
    expect(progress.state.traps).toBe(1);
  });

  it('rests ever longer where there is nothing to put aside, six hours at most', () => {
    const { progress, clock, look } = setupTask({ canSetAside: false });
    const rests: bigint[] = [];
    for (let last = clock.now; rests.length < 40; ) {
      if (!look({ traps: true })) continue;
      rests.push(clock.now - last);
      last = clock.now;
    }
    const longest = rests.reduce((most, rest) => (rest > most ? rest : most));
    expect(longest).toBeGreaterThan(3n * 3600n * SECOND);
    expect(longest).toBeLessThanOrEqual(6n * 3600n * SECOND + 10n * SECOND);
    expect(progress.state.setAside).toBe(0);
  });
});
