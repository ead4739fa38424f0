import { IDL } from '@dfinity/candid';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARGUMENT_NAMES } from '../../../src/candid/argument-names.ts';
import { METHODS } from '../../../src/client/calls/canister-calls.ts';
import { InvalidArgumentError } from '../../../src/client/errors.ts';
import { checkTexts } from '../../../src/client/values/texts.ts';

const BROKEN = ['a\ud83d', '\ude00', '\ud83d\ud83d\ude00', 'a\udc00b'];
const WHOLE = [
  '\ufeff',
  '\ufeffa',
  'a\u0000b',
  'a\u2028b\u2029',
  '\u{1f600}',
  'e\u0301',
  '\u00e9',
  '\u202e',
  '\ufffd',
  '',
];

/** A value of a type with a text at one place, and all other values as short as they can be. */
interface Planted {
  readonly value: unknown;
  /** How many texts it has. */
  readonly texts: number;
}

/** Plants the text into the n-th text of a value of the type. */
class Plant extends IDL.Visitor<{ readonly text: string; readonly at: number }, Planted> {
  override visitType(type: IDL.Type): Planted {
    const value = type instanceof IDL.PrincipalClass ? undefined : type instanceof IDL.BoolClass ? true : 0;
    return { value, texts: 0 };
  }
  override visitText(_type: IDL.TextClass, { text, at }: { text: string; at: number }): Planted {
    return { value: at === 0 ? text : '', texts: 1 };
  }
  override visitOpt<T>(
    _type: IDL.OptClass<T>,
    inner: IDL.Type<T>,
    plan: { text: string; at: number },
  ): Planted {
    const { value, texts } = inner.accept(this, plan);
    return { value: [value], texts };
  }
  override visitVec<T>(
    _type: IDL.VecClass<T>,
    inner: IDL.Type<T>,
    plan: { text: string; at: number },
  ): Planted {
    const { value, texts } = inner.accept(this, plan);
    return { value: [value], texts };
  }
  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    parts: IDL.Type[],
    plan: { text: string; at: number },
  ): Planted {
    const { values, texts } = this.#all(parts, plan);
    return { value: values, texts };
  }
  override visitRecord(
    _type: IDL.RecordClass,
    fields: [string, IDL.Type][],
    plan: { text: string; at: number },
  ): Planted {
    const { values, texts } = this.#all(
      fields.map(([, type]) => type),
      plan,
    );
    return { value: Object.fromEntries(fields.map(([name], i) => [name, values[i]])), texts };
  }
  override visitVariant(
    _type: IDL.VariantClass,
    fields: [string, IDL.Type][],
    { text, at }: { text: string; at: number },
  ): Planted {
    let before = 0;
    for (const [name, type] of fields) {
      const { value, texts } = type.accept(this, { text, at: at - before });
      if (at >= before && at < before + texts) return { value: { [name]: value }, texts: textsOf(fields) };
      before += texts;
    }
    return { value: { [fields[0]?.[0] ?? '']: null }, texts: before };
  }
  #all(types: readonly IDL.Type[], { text, at }: { text: string; at: number }) {
    const values: unknown[] = [];
    let texts = 0;
    for (const type of types) {
      const planted = type.accept(this, { text, at: at - texts });
      values.push(planted.value);
      texts += planted.texts;
    }
    return { values, texts };
  }
}

const textsOf = (fields: readonly (readonly [string, IDL.Type])[]): number =>
  fields.reduce((sum, [, type]) => sum + type.accept(new Plant(), { text: '', at: -1 }).texts, 0);

/** Each text of each method: where it is, and arguments that have the text there. */
const PLACES = [...METHODS].flatMap(([name, method]) => {
  const count = textsOf(method.argTypes.map((type) => ['', type] as const));
  return Array.from({ length: count }, (_, at) => ({
    name,
    method,
    at,
    args: (text: string) => {
      let before = 0;
      return method.argTypes.map((type) => {
        const { value, texts } = type.accept(new Plant(), { text, at: at - before });
        before += texts;
        return value;
      });
    },
  }));
});

describe('text that is changed on the way', () => {
  it('has every text of every method of the interface among its places', () => {
    expect(PLACES.length).toBeGreaterThan(100);
    expect(new Set(PLACES.map(({ name }) => name)).size).toBeGreaterThan(40);
  });

  it.each(PLACES)(
    '$name refuses half of a character in its text $at, naming the argument',
    ({ name, method, args }) => {
      for (const text of BROKEN) {
        let thrown: unknown;
        try {
          checkTexts(name, method, args(text));
        } catch (error) {
          thrown = error;
        }
        expect(thrown).toBeInstanceOf(InvalidArgumentError);
        const { field, kind } = thrown as InvalidArgumentError;
        const [record] = method.argTypes;
        const known = ARGUMENT_NAMES[name] ?? (record as IDL.RecordClass)._fields.map(([each]) => each);
        expect(kind).toBe('InvalidArgument');
        expect(known).toContain(field);
      }
    },
  );

  it.each(PLACES)('$name lets any whole text pass in its text $at', ({ name, method, args }) => {
    for (const text of WHOLE) expect(() => checkTexts(name, method, args(text))).not.toThrow();
  });

  it('says where in a list it is', () => {
    const method = METHODS.get('store_agent_credentials');
    const args = [
      'u',
      { GitHub: null },
      't',
      [],
      [],
      [
        ['a', 'b'],
        ['c', '\ud800'],
      ],
      [],
      [],
    ];
    expect(() => method && checkTexts('store_agent_credentials', method, args)).toThrow(
      'project_ids must be Unicode text, without lone surrogates (in [1][1])',
    );
  });

  it('decodes any whole text as it was encoded, a byte order mark at its beginning included', () => {
    const method = METHODS.get('get_agent_status');
    const types = method?.argTypes ?? [];
    const decoded = (text: string) => IDL.decode(types, IDL.encode(types, [text]))[0];
    for (const text of WHOLE) expect(decoded(text)).toBe(text);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decoded(text) === text));
  });
});
