import { MAX_MESSAGE_BYTES } from '../codec/index.ts';
import type { Caller } from './access.ts';
import { isAnonymous } from './principals.ts';

/** Azle exports methods of its own. */
const INTERNAL = /^_/;

/** The one update that standard tools send as nobody in particular (ICRC-21). */
const FOR_ANYBODY = 'icrc21_canister_call_consent_message';

/**
 * Why a message from outside is turned away before it runs; undefined where it is not. Callers whom nobody knows are not: the method
 * tells them why as a typed `Err`, where some clients wait in vain for the outcome of a message that was turned away.
 */
export function refusalOf(
  caller: Caller,
  message: { readonly methodName: string; readonly length: number },
): string | undefined {
  const { methodName, length } = message;
  if (INTERNAL.test(methodName)) return `Unauthorized: ${methodName} is not a method of this service`;
  if (length > MAX_MESSAGE_BYTES) return `the message is longer than ${MAX_MESSAGE_BYTES} bytes`;
  if (isAnonymous(caller.principal) && methodName !== FOR_ANYBODY)
    return 'Unauthorized: anonymous callers may not use this service';
  return undefined;
}
