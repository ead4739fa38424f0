import { IDL } from '@dfinity/candid';
import { idlFactory } from '../../../src/candid/agent_service.did.ts';

/** The checked-in interface, method by method, in @dfinity/candid's form. */
export const METHODS: ReadonlyMap<string, IDL.FuncClass> = new Map(idlFactory({ IDL })._fields);

export function method(name: string): IDL.FuncClass {
  const found = METHODS.get(name);
  if (found === undefined) throw new Error(`the interface has no method ${name}`);
  return found;
}
