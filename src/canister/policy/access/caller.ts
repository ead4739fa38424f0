import type { AgentTerms } from '../../models/agents/agent.ts';
import type { Work } from '../../models/work.ts';

/**
 * What a caller is to the service, by which the work and the size of their messages are bounded. Agents and admins were named by an admin; users own what is
 * held about somebody; anybody can make as many strangers as they like.
 */
export type CallerKind = 'anonymous' | 'stranger' | 'user' | 'agent' | 'admin';

/** Whether nobody named the caller. */
export function isUnknown(kind: CallerKind): boolean {
  return kind === 'anonymous' || kind === 'stranger';
}

/** Who calls and when, as far as access depends on it. */
export interface Caller {
  readonly principal: Uint8Array;
  /** Whether the caller controls the canister. Asked only where it matters: it is a system call. */
  readonly isController: () => boolean;
  /** Nanoseconds since 1970; the same throughout a message. */
  readonly now: bigint;
  /** How much the message may take for what it reads. */
  readonly work: Work;
  /** What the caller may do as an agent, once it was looked up; null where they are none. */
  terms?: AgentTerms | null;
  /** What the caller is to the service; undefined where it does not matter, as in a query. */
  kind?: CallerKind;
  /** Whether all that the message changes is dropped: it is a query, which anybody may send as an update. No timer can be set then. */
  readonly isQuery?: boolean;
}
