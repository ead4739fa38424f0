import type { Caller, Directory } from './access.ts';
import { agentTermsOf } from './access.ts';
import { isAnonymous } from './principals.ts';

/**
 * What a caller is to the service, by which the work and the size of their messages are bounded. Agents and admins were named by an admin; users own what is
 * held about somebody; anybody can make as many strangers as they like.
 */
export type CallerKind = 'anonymous' | 'stranger' | 'user' | 'agent' | 'admin';

/** Whether nobody named the caller. */
export function isUnknown(kind: CallerKind): boolean {
  return kind === 'anonymous' || kind === 'stranger';
}

export function kindOf(caller: Caller, directory: Directory): CallerKind {
  if (isAnonymous(caller.principal)) return 'anonymous';
  if (agentTermsOf(caller, directory) !== undefined) return 'agent';
  if (directory.isAdmin(caller.principal) || caller.isController()) return 'admin';
  return directory.ownsUser(caller.principal) ? 'user' : 'stranger';
}
