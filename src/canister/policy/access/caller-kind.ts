import { agentTermsOf, type Directory } from './access.ts';
import type { Caller, CallerKind } from './caller.ts';
import { isAnonymous } from './principals.ts';

export function kindOf(caller: Caller, directory: Directory): CallerKind {
  if (isAnonymous(caller.principal)) return 'anonymous';
  if (agentTermsOf(caller, directory) !== undefined) return 'agent';
  if (directory.isAdmin(caller.principal) || caller.isController()) return 'admin';
  return directory.ownsUser(caller.principal) ? 'user' : 'stranger';
}
