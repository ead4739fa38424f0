import { IDL } from '@dfinity/candid';
import { InvalidArgumentError, NotFoundError, RefusalError } from '../../../src/client/errors.ts';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';
import { type ServiceMethod, serviceMethod } from '../../../src/json-interface/methods/service-method.ts';
import { jsonForm } from '../../../src/json-interface/values/json-form.ts';
import { method } from '../../canister/support/candid-interface.ts';

/** Calls a method with values by their names, in JSON; resolves with its answer, and throws what the service refuses. */
export type JsonCall = (method: ServiceMethod, values: JsonObject) => Promise<unknown>;

/** Calls a method by `call` with arguments as @dfinity/candid encodes them; resolves with the reply as it decodes it. */
export async function candidCall(call: JsonCall, name: string, args: readonly unknown[]): Promise<unknown> {
  const type = method(name);
  const found = serviceMethod(name);
  try {
    const answer = await call(found, valuesOf(found, type, args));
    const reply = found.answer?.read(answer) ?? null;
    return resultType(type) === undefined ? reply : { Ok: reply };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    return { Err: { [error.kind]: payload(error) } };
  }
}

/** The type of what a method answers when it does not refuse, where it can refuse by a reply. */
export function resultType({ retTypes: [type] }: IDL.FuncClass): IDL.Type | undefined {
  return type !== undefined && type instanceof IDL.VariantClass ? new Map(type._fields).get('Ok') : undefined;
}

/** What a refusal carries, as Candid has it. */
export function payload(error: RefusalError): unknown {
  if (error instanceof NotFoundError) return null;
  if (!(error instanceof InvalidArgumentError)) return { message: error.message };
  return { field: error.field, message: error.message.slice(error.field.length + 1) };
}

function valuesOf({ parameters }: ServiceMethod, { argTypes }: IDL.FuncClass, args: readonly unknown[]) {
  const [first] = argTypes;
  const isRecord = first !== undefined && argTypes.length === 1 && first instanceof IDL.RecordClass;
  const types = isRecord ? first._fields.map(([, type]) => type) : argTypes;
  const values = isRecord ? parameters.map(([name]) => Object(args[0])[name] as unknown) : args;
  const written = parameters.map(([name], i) => {
    const type = types[i];
    return [name, type === undefined ? undefined : jsonForm(type).write(values[i])] as const;
  });
  return Object.fromEntries(written.filter(([, value]) => value !== null));
}
