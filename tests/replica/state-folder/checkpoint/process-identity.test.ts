import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isRunning, ownIdentity } from '../../../../src/replica/state-folder/checkpoint/process-identity.ts';

describe('a process', () => {
  it('runs where its id and its start are those of one', () => {
    const own = ownIdentity();
    expect(isRunning(own)).toBe(true);
    expect(isRunning({ pid: own.pid, mark: '' })).toBe(true);
    if (own.mark !== '') expect(isRunning({ pid: own.pid, mark: 'another' })).toBe(false);
    expect(isRunning({ pid: 2 ** 30, mark: '' })).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')(
    'does not run where it has ended, and nobody asked how',
    async () => {
      // The shell becomes a program that never asks how the one before ended.
      const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60']);
      onTestFinished(() => void parent.kill('SIGKILL'));
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const ended = { pid: Number(line.toString()), mark: '' };
      while (isRunning(ended)) await new Promise((done) => setTimeout(done, 10));
      // Its id is taken as long as it is not asked.
      expect(() => process.kill(ended.pid, 0)).not.toThrow();
    },
  );
});
