import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import type { CallTask, Task } from '../execution/task.ts';
import { targetOf } from '../management/target.ts';

/** Where a client says that a call goes; undefined where it leaves that to the call itself. */
export type EffectivePrincipal =
  | { readonly kind: 'canister' | 'subnet'; readonly id: Uint8Array }
  | undefined;

const PROVISIONAL_CREATION = 'provisional_create_canister_with_cycles';

/** The canister whose subnet a call is for; undefined for one of the management canister that is about none. */
export function calleeOf({
  callee,
  methodName,
  arg,
}: Pick<CallTask, 'callee' | 'methodName' | 'arg'>): Uint8Array | undefined {
  return callee.length > 0 ? callee : targetOf(methodName, arg);
}

/** The canister for whose subnet a task is; undefined for what stays where it was made. */
export function destinationOf(task: Task): Uint8Array | undefined {
  switch (task.kind) {
    case 'call':
      return calleeOf(task);
    case 'response':
      return task.to;
    default:
      return undefined;
  }
}

/** The id that a canister is to be created with, where a call asks for one. */
export function specifiedIdOf(methodName: string, arg: Uint8Array): Uint8Array | undefined {
  if (methodName !== PROVISIONAL_CREATION) return undefined;
  try {
    // A copy: the decoder reads a view from its buffer's start.
    const record: unknown = IDL.decode(
      [IDL.Record({ specified_id: IDL.Opt(IDL.Principal) })],
      arg.slice(),
    )[0];
    if (typeof record !== 'object' || record === null || !('specified_id' in record)) return undefined;
    const wanted = Array.isArray(record.specified_id) ? (record.specified_id[0] as unknown) : undefined;
    return Principal.isPrincipal(wanted) ? wanted.toUint8Array() : undefined;
  } catch {
    return undefined;
  }
}
