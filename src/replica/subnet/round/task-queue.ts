import type { Task } from '../../execution/task.ts';

/** What waits to be executed, in the order in which it came. */
export class TaskQueue {
  #tasks: Task[];
  #first = 0;

  constructor(tasks: readonly Task[] = []) {
    this.#tasks = [...tasks];
  }

  get length(): number {
    return this.#tasks.length - this.#first;
  }

  push(task: Task): void {
    this.#tasks.push(task);
  }

  shift(): Task | undefined {
    const task = this.#tasks[this.#first];
    if (task === undefined) return undefined;
    this.#first += 1;
    // Taking from the front of an array moves all the others, so they are moved once for many.
    if (this.#first > 1024 && this.#first * 2 > this.#tasks.length) {
      this.#tasks = this.#tasks.slice(this.#first);
      this.#first = 0;
    }
    return task;
  }

  toArray(): readonly Task[] {
    return this.#tasks.slice(this.#first);
  }
}
