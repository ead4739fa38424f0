import { variantIndexes } from '../codec/index.ts';

/** Options of a variant as one message has them. */
export interface WireOptions {
  /** The number that Candid gives the option with a stored code. */
  readonly wireIndexOf: (code: number) => number;
}

/**
 * The options of a variant with a stored code each. Candid numbers a variant's options by the hashes of their names, so that
 * numbers shift when an option is added: records keep the code, and a reply puts today's number in its place.
 */
export interface CodedEnumeration<N extends string> extends WireOptions {
  readonly names: readonly N[];
  readonly codeOf: (name: N) => number;
  readonly nameOf: (code: number) => N;
}

/** Codes are positions in `names`. */
export function codedEnumeration<const N extends string>(names: readonly N[]): CodedEnumeration<N> {
  const codes = new Map(names.map((name, code) => [name, code]));
  const indexes = variantIndexes(names);
  const wire = names.map((name) => indexes.get(name));
  return {
    names,
    codeOf: (name) => known(codes.get(name), name),
    nameOf: (code) => known(names[code], code),
    wireIndexOf: (code) => known(wire[code], code),
  };
}

function known<T>(value: T | undefined, key: string | number): T {
  if (value === undefined) throw new Error(`a stored record names an option that does not exist: ${key}`);
  return value;
}
