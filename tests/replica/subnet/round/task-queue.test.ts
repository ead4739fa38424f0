import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/replica/execution/task.ts';
import { TaskQueue } from '../../../../src/replica/subnet/round/task-queue.ts';

const task = (n: number): Task => ({ kind: 'timer', canisterId: new Uint8Array([n >> 8, n & 255]) });

describe('TaskQueue', () => {
  it('gives tasks in the order in which they came, however many there are', () => {
    const queue = new TaskQueue([task(0)]);
    let next = 0;
    for (let n = 1; n <= 5000; n++) {
      queue.push(task(n));
      if (n % 3 !== 0) expect(queue.shift()).toEqual(task(next++));
    }
    expect(queue.length).toBe(5001 - next);
    expect(queue.toArray().at(0)).toEqual(task(next));
    expect(queue.toArray()).toHaveLength(queue.length);
    while (queue.length > 0) expect(queue.shift()).toEqual(task(next++));
    expect(queue.shift()).toBeUndefined();
    expect(next).toBe(5001);
  });

  it('leaves what it was made of as it is', () => {
    const tasks = [task(1)];
    const queue = new TaskQueue(tasks);
    queue.push(task(2));
    queue.shift();
    expect(tasks).toEqual([task(1)]);
  });
});
