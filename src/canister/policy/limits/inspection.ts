import { invalidArgument, type Refusal } from '../../models/agent-error.ts';
import { type CallerKind, isUnknown } from '../access/caller.ts';
import { mostBytes } from './message-sizes.ts';

/** Azle exports methods of its own. */
const INTERNAL = /^_/;

/** The one update that standard tools send as nobody in particular (ICRC-21). */
const FOR_ANYBODY = 'icrc21_canister_call_consent_message';

/**
 * Why a message from outside is turned away before it runs; undefined where it is not. Callers whom nobody knows are not: the method
 * tells them why as a typed `Err`, where some clients wait in vain for the outcome of a message that was turned away.
 */
export function refusalOf(
  kind: CallerKind,
  message: { readonly methodName: string; readonly length: number },
): string | undefined {
  const { methodName, length } = message;
  if (INTERNAL.test(methodName)) return `Unauthorized: ${methodName} is not a method of this service`;
  if (kind === 'anonymous' && methodName !== FOR_ANYBODY)
    return 'Unauthorized: anonymous callers may not use this service';
  return tooLong(kind, methodName, length)?.message;
}

/** Why a message is refused unread for the length of its arguments; undefined where it is not. */
export function tooLong(kind: CallerKind, methodName: string, length: number): Refusal | undefined {
  const most = mostBytes(methodName, kind);
  if (length <= most) return undefined;
  const whose = isUnknown(kind) ? 'of a caller whom the service does not know ' : '';
  return invalidArgument(
    'arguments',
    `${whose}are longer than ${methodName} takes: ${length} bytes, at most ${most}`,
  );
}
