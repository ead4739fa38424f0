import { IDL } from 'azle';
import { type CandidType, TypeCode } from '../codec/index.ts';

const PRIMITIVES: ReadonlyMap<number, IDL.Type> = new Map<number, IDL.Type>([
  [TypeCode.null, IDL.Null],
  [TypeCode.bool, IDL.Bool],
  [TypeCode.nat, IDL.Nat],
  [TypeCode.nat8, IDL.Nat8],
  [TypeCode.nat16, IDL.Nat16],
  [TypeCode.int16, IDL.Int16],
  [TypeCode.nat32, IDL.Nat32],
  [TypeCode.nat64, IDL.Nat64],
  [TypeCode.text, IDL.Text],
  [TypeCode.principal, IDL.Principal],
]);

/** What was made of a type: making it takes millions of instructions, and most methods share theirs. */
const made = new WeakMap<CandidType, IDL.Type>();

/** A type in the form that Azle's decorators take, from which it writes the interface's description. */
export function idlOf(type: CandidType): IDL.Type {
  const idl = made.get(type) ?? make(type);
  made.set(type, idl);
  return idl;
}

function make(type: CandidType): IDL.Type {
  if ('fields' in type) {
    const fields = Object.fromEntries(type.fields.map(([name, inner]) => [name, idlOf(inner)]));
    if (type.code === TypeCode.variant) return IDL.Variant(fields);
    return isTuple(type.fields) ? IDL.Tuple(...Object.values(fields)) : IDL.Record(fields);
  }
  if ('of' in type) return type.code === TypeCode.vec ? IDL.Vec(idlOf(type.of)) : IDL.Opt(idlOf(type.of));
  const primitive = PRIMITIVES.get(type.code);
  if (primitive === undefined) throw new Error(`the interface has no use for type ${type.code}`);
  return primitive;
}

function isTuple(fields: readonly (readonly [string, CandidType])[]): boolean {
  return fields.length > 0 && fields.every(([name], index) => name === String(index));
}
