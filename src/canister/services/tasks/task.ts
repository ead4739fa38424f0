import type { Work } from '../../models/work.ts';

/** What the service does by itself, each in messages of its own. The names stand in metrics. */
export const TASK_NAMES = [
  'sessions',
  'credentials',
  'requests',
  'erasures',
  'retention',
  'refusals',
  'analytics',
  'totals',
  'former_secrets',
  'due_connections',
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/** In whose name a task is done, and when (ns). */
export interface TaskCause {
  readonly actor: Uint8Array;
  readonly now: bigint;
}

export interface Task {
  readonly name: TaskName;
  /** When there is something to do next (ns); undefined where there is nothing. */
  readonly dueAt: () => bigint | undefined;
  /** Does what is due until the work is spent, and one thing at least; returns whether there is more to do at once. */
  readonly run: (work: Work, cause: TaskCause) => boolean;
  /** Puts what comes first behind what comes after it, because it traps each time. What is put aside is tried again a day later. */
  readonly setAside?: (now: bigint) => void;
}

/** How a task stands. */
export interface TaskState {
  readonly name: TaskName;
  /** When there is something to do next (ns). */
  readonly dueAt: bigint | undefined;
  /** How often a message of it trapped since the code was loaded. */
  readonly traps: number;
  /** How many things were put aside since. */
  readonly setAside: number;
  /** Instructions after which a message of it ends. */
  readonly workLimit: number;
  /** Since when (ns) it has trapped each time; undefined where it does not. */
  readonly stuckSince: bigint | undefined;
}
