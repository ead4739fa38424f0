import { ByteReader, ByteWriter } from '../codec/index.ts';

/** What a setting is where nobody set it, and what it may be set to. All are below 2^53. */
export interface NumberRange {
  readonly byDefault: number;
  readonly least: number;
  readonly most: number;
}

/** A value for each setting. */
export type Numbers<N extends string> = { readonly [K in N]: number };

/** Values for some of the settings. */
export type SomeNumbers<N extends string> = { readonly [K in N]?: number | undefined };

/** Settings that are numbers: a table of their names and ranges, and all else follows from it. New ones go at the end. */
export interface NumberSettings<N extends string> {
  readonly ranges: { readonly [K in N]: NumberRange };
  readonly rangeOf: (name: N) => NumberRange;
  readonly names: readonly N[];
  readonly defaults: Numbers<N>;
  /** Nothing is set. */
  readonly unset: SomeNumbers<N>;
  /** A record with a value for each. */
  readonly each: <V>(valueOf: (name: N) => V) => { readonly [K in N]: V };
  /** What is set, over what holds otherwise. */
  readonly over: (base: Numbers<N>, set: SomeNumbers<N>) => Numbers<N>;
  /** Eight bytes for each; one that is not set is all ones. */
  readonly encode: (set: SomeNumbers<N>) => Uint8Array;
  /** A shorter form is from before the last settings were added: those are not set. */
  readonly decode: (bytes: Uint8Array) => SomeNumbers<N>;
}

const NOT_SET = 2n ** 64n - 1n;

export function numberSettings<N extends string>(
  ranges: {
    readonly [K in N]: NumberRange;
  },
): NumberSettings<N> {
  // The keys of `ranges` are N, and every one gets its value; the type system knows neither.
  const names = Object.keys(ranges) as N[];
  const each = <V>(valueOf: (name: N) => V) =>
    Object.fromEntries(names.map((name) => [name, valueOf(name)])) as { [K in N]: V };
  return {
    ranges,
    rangeOf: (name) => ranges[name],
    names,
    each,
    defaults: each((name) => ranges[name].byDefault),
    unset: each(() => undefined),
    over: (base, set) => each((name) => set[name] ?? base[name]),
    encode(set) {
      const writer = new ByteWriter();
      for (const name of names) {
        const value = set[name];
        writer.u64(value === undefined ? NOT_SET : BigInt(value));
      }
      return writer.finish();
    },
    decode(bytes) {
      const reader = new ByteReader(bytes);
      return each(() => {
        const value = reader.done ? NOT_SET : reader.u64();
        return value === NOT_SET ? undefined : Number(value);
      });
    },
  };
}
