import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { answerOf, METHODS } from '../../client/calls/canister-calls.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { serviceMethod } from '../../json-interface/methods/service-method.ts';
import type { MemoryNetwork } from '../../replica/testing.ts';

/** Calls a method of the service on a network in memory, in JSON; throws a `RefusalError` for a refusal. */
export async function callInMemory(
  network: MemoryNetwork,
  canisterId: Principal,
  { sender, method: name, values }: { sender: Principal; method: string; values: JsonObject },
): Promise<unknown> {
  const method = serviceMethod(name);
  const type = METHODS.get(name);
  if (type === undefined) throw new TypeError(`the interface has no method ${name}`);
  const arg = new Uint8Array(IDL.encode(type.argTypes, [...method.read(values)]));
  const kind = method.isQuery ? 'query' : 'call';
  const reply = await network[kind]({ canisterId, method: name, arg, sender });
  const [result] = IDL.decode(type.retTypes, reply);
  return method.answer?.write(answerOf(type, result)) ?? null;
}
