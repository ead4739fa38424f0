import { Principal } from '@dfinity/principal';
import { principalText } from '../codec/principal-text.ts';
import { respond } from '../execution/outbox.ts';
import { canisterNotFound, rejected } from '../execution/rejects.ts';
import type { CallTask } from '../execution/task.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Message } from '../messages/message.ts';
import type { Outcome, Reject } from '../messages/outcome.ts';
import { isAdmin, isController } from './authorise.ts';
import type { ManagementMethod } from './management-call.ts';
import { ManagementError } from './management-error.ts';
import { targetOf } from './target.ts';

/** A canister that this program answers for itself, without Wasm. */
export interface NativeCanister {
  readonly id: Uint8Array;
  /** What messages call it. */
  readonly name: string;
  /** What calls in replicated mode find; of queries, those that can be called so. */
  readonly updates: ReadonlyMap<string, ManagementMethod>;
  readonly queries: ReadonlyMap<string, ManagementMethod>;
}

/** Executes a call of a native canister, and answers it unless the answer has to wait. */
export function executeNativeCall(
  world: ExecutionWorld,
  canister: NativeCanister,
  task: CallTask,
  random: (length: number) => Uint8Array,
): void {
  const { origin, methodName, arg, cycles } = task;
  const { outbox } = world;
  const method = canister.updates.get(methodName);
  if (method === undefined) {
    respond(outbox, origin, rejected(unknownMethod(canister, methodName)), cycles);
    return;
  }
  try {
    const reply = method.run({ world, origin, arg, cycles, random });
    if (reply === undefined) return;
    respond(outbox, origin, { kind: 'replied', reply: reply.data }, cycles - (reply.accepted ?? 0n));
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    respond(outbox, origin, rejected(error.reject), cycles);
  }
}

/** Answers a query of a native canister. */
export function queryNative(world: ExecutionWorld, canister: NativeCanister, message: Message): Outcome {
  const method = canister.queries.get(message.methodName);
  if (method === undefined) return rejected(unknownMethod(canister, message.methodName));
  const origin = { kind: 'ingress', sender: message.sender, requestId: new Uint8Array() } as const;
  try {
    const reply = method.run({ world, origin, arg: message.arg, cycles: 0n, random: noRandomness });
    return { kind: 'replied', reply: reply?.data ?? new Uint8Array() };
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error;
    return rejected(error.reject);
  }
}

/** Whether an ingress message to a native canister is taken, before it is queued; a reject if not. */
export function inspectNativeCall(
  world: ExecutionWorld,
  native: NativeCanister,
  { sender, methodName, arg }: Message,
): Reject | undefined {
  const callers = native.updates.get(methodName)?.callers;
  if (callers === undefined) return unknownMethod(native, methodName);
  if (callers === 'anyone') return undefined;
  if (callers === 'canisters and admins' && isAdmin(world, sender)) return undefined;
  if (callers === 'canisters' || callers === 'canisters and admins') return onlyCanisters(methodName);
  const target = targetOf(methodName, arg);
  if (target === undefined) return undecodable(methodName);
  const canister = world.canisters.get(target);
  if (canister === undefined) return canisterNotFound(target);
  if (typeof callers === 'object') {
    return refusalOf(() => callers.viewers(world, Principal.fromUint8Array(target), sender));
  }
  if (isController(canister, sender)) return undefined;
  if (callers === 'controllers and admins' && isAdmin(world, sender)) return undefined;
  return {
    code: 5,
    errorCode: 'IC0512',
    message: `Only controllers of canister ${principalText(target)} can call ic00 method ${methodName}`,
  };
}

function refusalOf(check: () => unknown): Reject | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ManagementError) return error.reject;
    throw error;
  }
}

function unknownMethod(canister: NativeCanister, name: string): Reject {
  return { code: 5, errorCode: 'IC0536', message: `${canister.name} has no method '${name}'` };
}

function onlyCanisters(name: string): Reject {
  return { code: 4, errorCode: 'IC0406', message: `Only canisters can call ic00 method ${name}` };
}

function undecodable(name: string): Reject {
  return {
    code: 4,
    errorCode: 'IC0408',
    message: `Error decoding candid: the argument of ${name} names no canister`,
  };
}

function noRandomness(): never {
  throw new Error('a query of a native canister asked for randomness');
}
