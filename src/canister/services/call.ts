import type { Caller } from '../policy/access.ts';

/** Who calls, and when: all that a service knows of the message it answers. */
export interface Call extends Caller {
  /** Nanoseconds since 1970; the same throughout a message. */
  readonly now: bigint;
}
