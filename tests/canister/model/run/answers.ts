import { isDeepStrictEqual } from 'node:util';
import { IDL } from '@dfinity/candid';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import { method } from '../../support/candid-interface.ts';
import { isQuery, type MethodName } from '../../support/wasm-canister.ts';
import { type Plain, toPlain } from '../plain.ts';
import type { Model } from '../state.ts';
import { masked } from './masked.ts';

/** Whether the result of a method has a place for a refusal. */
export function hasErr(name: MethodName): boolean {
  const [type] = method(name).retTypes;
  return (
    type !== undefined && type instanceof IDL.VariantClass && findRecord(type, 'RateLimited') !== undefined
  );
}

/** What an entry of the audit log says. */
export function contentType(): IDL.Type {
  const found = findRecord(method('get_audit_entries').retTypes[0], 'salt');
  if (found === undefined) throw new Error('an audit entry has no salt');
  return found;
}

/** The record with this field, wherever it is within a type. */
function findRecord(type: IDL.Type | undefined, field: string): IDL.Type | undefined {
  if (type === undefined) return undefined;
  if (type instanceof IDL.RecordClass || type instanceof IDL.VariantClass) {
    if (type._fields.some(([name]) => name === field)) return type;
    return type._fields.map(([, inner]) => findRecord(inner, field)).find((found) => found !== undefined);
  }
  if (type instanceof IDL.OptClass || type instanceof IDL.VecClass) return findRecord(type._type, field);
  return undefined;
}

/** What the canister answered, without what only it can know. */
export function plainOf(name: MethodName, outcome: Outcome, m: Model): Plain {
  if (outcome.kind === 'rejected') {
    const { message } = outcome.reject;
    const [kind = ''] = message.split(':');
    return { reject: kind.replace(/^.*explicit message /, ''), message };
  }
  const { retTypes } = method(name);
  const [value] = IDL.decode(retTypes, outcome.reply);
  const [type] = retTypes;
  return { reply: type === undefined ? null : masked(name, toPlain(type, value), m) };
}

type Fields = { readonly [name: string]: Plain };

/** What the model answers, in the form of `plainOf`. */
export function plainAnswer(name: MethodName, value: unknown): Plain {
  if (value === undefined) return null;
  if (name === 'export_user') {
    const { page, next_cursor } = value as { page: string; next_cursor: Plain };
    return { page: JSON.parse(page) as Plain, next_cursor };
  }
  // The model's records have nothing but plain values.
  return value as Plain;
}

/** How a method says no: by its result, or by a reject where that has no place for it. Anonymous updates are turned away before. */
export function refusal(name: MethodName, error: Plain): Plain {
  if (hasErr(name)) return { reply: { Err: error } };
  return { reject: typeof error === 'string' ? error : (Object.keys(error as Fields)[0] ?? '') };
}

/** How an answer differs from the one that was expected; undefined where it does not. */
export function differenceOf(name: MethodName, expected: Plain, actual: Plain): string | undefined {
  const { reject: wanted, reply } = expected as Fields;
  const { reject, message } = actual as Fields;
  if (reject !== undefined) {
    // inspect_message turns the anonymous caller away, whatever the method's result is.
    const kind = wanted ?? (inJson(reply ?? null) === '{"Err":"Unauthorized"}' ? 'Unauthorized' : undefined);
    if (kind !== undefined && (message as string).includes(`${kind as string}: `)) return undefined;
  } else if (
    wanted === undefined &&
    isDeepStrictEqual(normal(reply ?? null), normal((actual as Fields)['reply'] ?? null))
  )
    return undefined;
  return `${name}${isQuery(name) ? ' (query)' : ''}\n  expected ${inJson(expected)}\n  got      ${inJson(actual)}`;
}

/** Without the difference between a list of one type and another. */
function normal(value: Plain): unknown {
  return JSON.parse(inJson(value));
}

/** With fields in the order of their names. */
export function inJson(value: Plain): string {
  const sorted = (each: unknown): unknown =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each;
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `${each}n` : sorted(each),
  );
}
