/** Who calls, and when: all that a service knows of the message it answers. */
export type { Caller as Call } from '../policy/access/access.ts';
