import type { ByteReader } from './byte-reader.ts';
import { CandidError, within } from './errors.ts';
import type { CandidType, Decode, Shape, ValueOf } from './shape.ts';
import { readFlag, skipValue } from './skip.ts';
import { labelHash, TypeCode } from './type-codes.ts';
import { entryOf, nameOf, type WireField, type WireHeader, type WireRef } from './wire-types.ts';

/** `opt T`: undefined for null, for a field that was left out, and for a value that is no T (Candid's rule for opt). */
export function opt<T>(inner: Shape<T>): Shape<T | undefined> {
  return {
    type: { code: TypeCode.opt, of: inner.type },
    absent: { value: undefined },
    decoder(header, ref): Decode<T | undefined> {
      const entry = entryOf(header, ref);
      if (entry?.code === TypeCode.opt) {
        const read = tryDecoder(inner, header, entry.of);
        return (reader) => (readFlag(reader) ? read(reader) : undefined);
      }
      if (ref === TypeCode.null) return () => undefined;
      return tryDecoder(inner, header, ref);
    },
  };
}

/** Reads values that `inner` can't take as undefined, moving over them. */
function tryDecoder<T>(inner: Shape<T>, header: WireHeader, ref: WireRef): Decode<T | undefined> {
  try {
    return inner.decoder(header, ref);
  } catch (error) {
    if (!(error instanceof CandidError)) throw error;
    return (reader) => {
      skipValue(reader, header, ref);
      return undefined;
    };
  }
}

/**
 * `opt T` for what must not be lost: a value that is no T refuses the message, where Candid lets a service take it as null. For rights,
 * where null means all of them.
 */
export function strictOpt<T>(inner: Shape<T>): Shape<T | undefined> {
  const lenient = opt(inner);
  return {
    ...lenient,
    decoder(header, ref): Decode<T | undefined> {
      const entry = entryOf(header, ref);
      const saysNothing = ref === TypeCode.null || ref === TypeCode.reserved;
      if (saysNothing || (entry?.code === TypeCode.opt && entry.of === TypeCode.empty)) {
        return lenient.decoder(header, ref);
      }
      if (entry?.code !== TypeCode.opt) return inner.decoder(header, ref);
      const read = inner.decoder(header, entry.of);
      return (reader) => (readFlag(reader) ? read(reader) : undefined);
    },
  };
}

export function vec<T>(element: Shape<T>): Shape<T[]> {
  return {
    type: { code: TypeCode.vec, of: element.type },
    decoder(header, ref): Decode<T[]> {
      const entry = entryOf(header, ref);
      if (entry?.code !== TypeCode.vec) throw mismatch('vec', header, ref);
      const read = element.decoder(header, entry.of);
      return (reader) => {
        const values: T[] = [];
        const count = reader.leb128();
        for (let i = 0; i < count; i++) {
          reader.spend(1);
          values.push(read(reader));
        }
        return values;
      };
    },
  };
}

/** `vec nat8`, as the bytes themselves. */
export const blob: Shape<Uint8Array> = {
  type: { code: TypeCode.vec, of: { code: TypeCode.nat8 } },
  decoder(header, ref): Decode<Uint8Array> {
    const entry = entryOf(header, ref);
    if (entry?.code !== TypeCode.vec || entry.of !== TypeCode.nat8) throw mismatch('blob', header, ref);
    return (reader) => reader.text();
  },
};

type Fields = Readonly<Record<string, Shape<unknown>>>;

/** The values of named shapes: `{ user_id: Text; limit: number | undefined }`. */
export type RecordOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** A record; tuples are records whose names are numbers. Unknown fields are moved over. */
export function record<F extends Fields>(fields: F): Shape<RecordOf<F>> {
  const entries = Object.entries(fields);
  return {
    type: { code: TypeCode.record, fields: entries.map(([name, shape]) => [name, shape.type] as const) },
    decoder(header, ref): Decode<RecordOf<F>> {
      const entry = entryOf(header, ref);
      if (entry?.code !== TypeCode.record) throw mismatch('record', header, ref);
      const steps = fieldSteps(entries, header, entry.fields);
      return (reader) => {
        const values: Record<string, unknown> = {};
        for (const { name, read } of steps) {
          try {
            const value = read(reader);
            if (name !== undefined) values[name] = value;
          } catch (error) {
            throw within(name ?? 'an unknown field', error);
          }
        }
        // Each name of F has exactly one step.
        return values as RecordOf<F>;
      };
    },
  };
}

interface FieldStep {
  /** Undefined for a field that nobody asked for. */
  readonly name: string | undefined;
  readonly read: Decode<unknown>;
}

function fieldSteps(
  expected: readonly (readonly [string, Shape<unknown>])[],
  header: WireHeader,
  sent: readonly WireField[],
): FieldStep[] {
  const byHash = new Map(expected.map(([name, shape]) => [labelHash(name), { name, shape }]));
  const steps: FieldStep[] = sent.map(({ hash, type }) => {
    const field = byHash.get(hash);
    if (field === undefined) return { name: undefined, read: (reader) => skipValue(reader, header, type) };
    byHash.delete(hash);
    try {
      return { name: field.name, read: field.shape.decoder(header, type) };
    } catch (error) {
      throw within(field.name, error);
    }
  });
  for (const { name, shape } of byHash.values()) {
    const { absent } = shape;
    if (absent === undefined) throw new CandidError(`${name}: the field is missing`);
    steps.push({ name, read: () => absent.value });
  }
  return steps;
}

/** A variant whose options carry no value, read as the option's name. */
export function enumeration<const N extends string>(names: readonly N[]): Shape<N> {
  const options = names.map((name) => [name, { code: TypeCode.null }] as const);
  const readers = names.map((name) => {
    const reader = (_header: WireHeader, type: WireRef) => {
      if (type !== TypeCode.null) throw new CandidError(`the option ${name} carries no value`);
      return () => name;
    };
    return [name, reader] as const;
  });
  return variantShape(options, readers);
}

/** The values of a variant's options by name: `{ option: 'failed'; value: { reason: Text } }` and the like. */
type OptionOf<F extends Fields> = {
  readonly [K in keyof F]: { readonly option: K; readonly value: ValueOf<F[K]> };
}[keyof F];

/** A variant whose options carry values, read as the option's name and its value. */
export function variant<F extends Fields>(options: F): Shape<OptionOf<F>> {
  const entries = Object.entries(options);
  const readers = entries.map(([option, shape]) => {
    const reader = (header: WireHeader, type: WireRef) => {
      const read = shape.decoder(header, type);
      // The option's name and its shape come from one entry of F.
      return (from: ByteReader) => ({ option, value: read(from) }) as OptionOf<F>;
    };
    return [option, reader] as const;
  });
  return variantShape(
    entries.map(([name, shape]) => [name, shape.type] as const),
    readers,
  );
}

/** How the value of an option is read that was sent as `type`. */
type OptionReader<T> = (header: WireHeader, type: WireRef) => Decode<T>;

function variantShape<T>(
  options: readonly (readonly [string, CandidType])[],
  readers: readonly (readonly [string, OptionReader<T>])[],
): Shape<T> {
  const byHash = new Map(readers.map(([name, reader]) => [labelHash(name), { name, reader }]));
  return {
    type: { code: TypeCode.variant, fields: options },
    decoder(header, ref): Decode<T> {
      const entry = entryOf(header, ref);
      if (entry?.code !== TypeCode.variant) throw mismatch('variant', header, ref);
      const sent = entry.fields.map(({ hash, type }) => {
        const option = byHash.get(hash);
        if (option === undefined) {
          const names = options.map(([name]) => name).join(', ');
          throw new CandidError(`expected a variant of ${names}, got one with another option`);
        }
        return option.reader(header, type);
      });
      return (reader) => {
        const read = sent[reader.leb128()];
        if (read === undefined) throw new CandidError('a variant has an option that its type does not have');
        return read(reader);
      };
    },
  };
}

function mismatch(expected: string, header: WireHeader, ref: WireRef): CandidError {
  return new CandidError(`expected ${expected}, got ${nameOf(header, ref)}`);
}
