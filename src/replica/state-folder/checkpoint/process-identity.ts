import { readFileSync } from 'node:fs';

/** What tells a process from all others, also from a later one with its id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in ticks since the machine was, and which start of the machine that was; empty where the system does not tell. */
  readonly mark: string;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, mark: markOf(process.pid) };
}

/** Whether it still runs; where the system does not tell when a process was started, its id alone decides. */
export function isRunning({ pid, mark }: ProcessIdentity): boolean {
  if (!exists(pid)) return false;
  // It has ended, and nobody asked how: in a container often nobody ever does.
  if (statusFields(pid)[STATE_FIELD] === 'Z') return false;
  const now = markOf(pid);
  return mark === '' || now === '' || now === mark;
}

function exists(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of someone else exists, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Places among the fields that follow the name of the program, which is in brackets. */
const STATE_FIELD = 0;
const START_TIME_FIELD = 19;

function markOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const startTime = statusFields(pid)[START_TIME_FIELD];
    return startTime === undefined ? '' : `${boot}-${startTime}`;
  } catch {
    return '';
  }
}

/** What Linux tells of a process; nothing elsewhere. */
function statusFields(pid: number): readonly string[] {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
