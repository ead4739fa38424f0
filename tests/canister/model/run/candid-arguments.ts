import { IDL } from '@dfinity/candid';
import { ARGUMENT_NAMES } from '../../../../src/candid/argument-names.ts';
import { METHODS, method } from '../../support/candid-interface.ts';
import type { MethodName } from '../../support/wasm-canister.ts';
import type { Arguments } from '../arguments.ts';
import { fromPlain, type Plain } from '../plain.ts';

type Argument = readonly [name: keyof Arguments, type: IDL.Type];

/** What a method takes. */
export function argumentsOf(name: MethodName): readonly Argument[] {
  const { argTypes = [] } = METHODS.get(name) ?? {};
  const [request] = argTypes;
  const names = argTypes.length === 0 ? [] : ARGUMENT_NAMES[name];
  const fields =
    names?.map((field, i) => [field, argTypes[i] ?? IDL.Null]) ??
    (request instanceof IDL.RecordClass ? request._fields : undefined);
  if (fields === undefined) throw new Error(`the arguments of ${name} have no names`);
  // The arguments of all methods are among those of `Arguments`.
  return fields as unknown as Argument[];
}

/** The message of a call. */
export function encoded(name: MethodName, args: Arguments): Uint8Array {
  return IDL.encode(method(name).argTypes, encodable(name, args));
}

function encodable(name: MethodName, args: Arguments): unknown[] {
  const { argTypes } = method(name);
  const [request] = argTypes;
  const values = Object.fromEntries(
    argumentsOf(name).map(([field, type]) => [field, fromPlain(type, args[field] as Plain)]),
  );
  return request !== undefined && request instanceof IDL.RecordClass
    ? [values]
    : argumentsOf(name).map(([field]) => values[field]);
}
