import { IDL } from '@dfinity/candid';
import { ARGUMENT_NAMES } from '../../../src/candid/argument-names.ts';
import type { AgentServiceClient } from '../../../src/client/agent-service-client.ts';
import { METHODS } from '../../../src/client/calls/canister-calls.ts';
import { camelCase } from '../../../src/client/values/candid-values.ts';
import type { MethodArguments, MethodName } from '../../../src/client/values/domain-types.ts';

/** What gateways and signers call. */
type StandardMethod = 'http_request' | `icrc${string}`;

export type Calls = {
  readonly [M in Exclude<MethodName, StandardMethod>]: (...args: MethodArguments<M>) => Promise<unknown>;
};

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** Each method of the interface, with its arguments in the interface's order, as users of the client call it. */
export function callsOf(client: AgentServiceClient): Calls {
  const calls = [...METHODS]
    .filter(([name]) => !/^(http_request$|icrc)/.test(name))
    .map(([name, { argTypes }]) => {
      const call: Call = async (...args) =>
        methodOf(
          client,
          name,
        )(
          ...(ARGUMENT_NAMES[name] === undefined
            ? ofRecord(name, argTypes[0], args[0])
            : ofNamed(ARGUMENT_NAMES[name], args)),
        );
      return [name, call];
    });
  // Every method of the interface is there.
  return Object.fromEntries(calls) as Calls;
}

function methodOf(client: AgentServiceClient, name: string): Call {
  const method: unknown = Reflect.get(client, camelCase(name));
  if (typeof method !== 'function') throw new TypeError(`the client has no method for ${name}`);
  return async (...args) => Reflect.apply(method as Call, client, args);
}

/** An argument by itself, or with a limit; several as one object. */
function ofNamed(names: readonly string[], args: readonly unknown[]): readonly unknown[] {
  if (names.length === 1 || (names.length === 2 && names[1] === 'limit')) return args;
  return [Object.fromEntries(names.map((name, i) => [camelCase(name), args[i]]))];
}

const BY_THEMSELVES = ['update_notification_settings', 'mark_notifications_read'];

/** The fields of the one record: nothing for none, one by itself, several as one object. */
function ofRecord(name: string, type: IDL.Type | undefined, request: unknown): readonly unknown[] {
  if (!(type !== undefined && type instanceof IDL.RecordClass)) return [];
  const fields = type._fields.map(([field]) => camelCase(field));
  if (fields.length > 1 && !BY_THEMSELVES.includes(name)) return [request];
  const values = new Map<string, unknown>(Object.entries(Object(request) as object));
  const userFirst = fields.toSorted((a, b) => Number(b === 'userId') - Number(a === 'userId'));
  return userFirst.map((field) => values.get(field));
}
