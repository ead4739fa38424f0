import { describe, expect, it, type Mock, onTestFinished, vi } from 'vitest';
import { CheckpointTimer } from '../../../../src/replica/state-folder/checkpoint/checkpoint-timer.ts';

function setupTimer(save: Mock<() => boolean> = vi.fn(() => true)) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const release = vi.fn();
  return { timer: new CheckpointTimer(save, release), save, release };
}

describe('CheckpointTimer', () => {
  it('saves once, when nothing has changed for a second', () => {
    const { timer, save } = setupTimer();
    timer.noteChange();
    vi.advanceTimersByTime(900);
    timer.noteChange();
    vi.advanceTimersByTime(999);
    expect(save).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(save).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('saves every ten seconds where changes never pause', () => {
    const { timer, save } = setupTimer();
    for (let i = 0; i < 300; i++) {
      timer.noteChange();
      vi.advanceTimersByTime(100);
    }
    expect(save).toHaveBeenCalledTimes(3);
  });

  it('saves at the end what is not saved, and gives the folder free', () => {
    const { timer, save, release } = setupTimer();
    timer.noteChange();
    timer.close();
    expect([save, release].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    const unchanged = setupTimer();
    unchanged.timer.close();
    expect([unchanged.save, unchanged.release].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  it('tries again every ten seconds where it cannot save, and not at each change', () => {
    const { timer, save } = setupTimer(vi.fn(() => false));
    timer.noteChange();
    vi.advanceTimersByTime(1000);
    expect(save).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(30_000);
    expect(save).toHaveBeenCalledTimes(4);
    for (let i = 0; i < 100; i++) {
      timer.noteChange();
      vi.advanceTimersByTime(100);
    }
    expect(save).toHaveBeenCalledTimes(5);
    save.mockReturnValue(true);
    vi.advanceTimersByTime(10_000);
    expect(save).toHaveBeenCalledTimes(6);
    vi.advanceTimersByTime(60_000);
    expect(save).toHaveBeenCalledTimes(6);
  });

  it('saves at the end what it could not save before, and gives the folder free also when that fails', () => {
    const { timer, save, release } = setupTimer(vi.fn(() => false));
    timer.noteChange();
    vi.advanceTimersByTime(1000);
    timer.close();
    expect(save).toHaveBeenCalledTimes(2);
    expect(release).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(60_000);
    expect(save).toHaveBeenCalledTimes(2);
  });
});
