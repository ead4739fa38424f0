import { MAX_MESSAGE_BYTES } from '../codec/index.ts';
import type { Caller, Directory } from './access.ts';
import { isAnonymous } from './principals.ts';

/** What a user whom nobody registered may change of what is held about them. */
const USER_UPDATES: ReadonlySet<string> = new Set([
  'end_agent_session',
  'revoke_credentials',
  'grant_agent',
  'withdraw_agent',
]);

/** Queries that are sent as updates, for their certificate. */
const READING = /^(get|list)_/;

/** Azle exports methods of its own. */
const INTERNAL = /^_/;

/** Why a message from outside is turned away before it runs; undefined where it is not. */
export function admit(
  directory: Directory,
  caller: Caller,
  message: { readonly methodName: string; readonly length: number },
): string | undefined {
  const { methodName, length } = message;
  if (INTERNAL.test(methodName)) return `Unauthorized: ${methodName} is not a method of this service`;
  if (length > MAX_MESSAGE_BYTES) return `the message is longer than ${MAX_MESSAGE_BYTES} bytes`;
  if (isAnonymous(caller.principal)) return 'Unauthorized: anonymous callers may not use this service';
  if (USER_UPDATES.has(methodName) || READING.test(methodName) || isKnown(directory, caller))
    return undefined;
  return 'Unauthorized: the caller is not an agent of this service; an admin can add it by add_agent';
}

function isKnown(directory: Directory, caller: Caller): boolean {
  const { principal } = caller;
  return directory.agent(principal) !== undefined || directory.isAdmin(principal) || caller.isController();
}
