import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArgumentDecoder,
  blob,
  bool,
  CandidError,
  enumeration,
  int16,
  nat16,
  nat32,
  nat64,
  opt,
  principal,
  record,
  type Shape,
  strictOpt,
  text,
  vec,
} from '../../../src/canister/codec/index.ts';

/** One argument of every type that the interface uses, with the type in @dfinity/candid's form. */
const COLORS = ['Red', 'Green', 'Blue'] as const;
const Color = IDL.Variant({ Red: IDL.Null, Green: IDL.Null, Blue: IDL.Null });

const ARGUMENTS = {
  user_id: { shape: text, idl: IDL.Text, value: fc.string({ unit: 'grapheme' }), read: readText },
  done: { shape: bool, idl: IDL.Bool, value: fc.boolean(), read: same },
  limit: { shape: nat32, idl: IDL.Nat32, value: fc.nat(0xffff_ffff), read: same },
  port: { shape: nat16, idl: IDL.Nat16, value: fc.nat(0xffff), read: same },
  offset: { shape: int16, idl: IDL.Int16, value: fc.integer({ min: -0x8000, max: 0x7fff }), read: same },
  body: { shape: blob, idl: IDL.Vec(IDL.Nat8), value: fc.uint8Array(), read: same },
  at: { shape: nat64, idl: IDL.Nat64, value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), read: same },
  who: {
    shape: principal,
    idl: IDL.Principal,
    value: fc.uint8Array({ maxLength: 29 }).map((bytes) => Principal.fromUint8Array(bytes)),
    read: (bytes: unknown) => Principal.fromUint8Array(bytes as Uint8Array),
  },
  color: {
    shape: enumeration(COLORS),
    idl: Color,
    value: fc.constantFrom(...COLORS).map((name) => ({ [name]: null })),
    read: (name: unknown) => ({ [name as string]: null }),
  },
  pairs: {
    shape: vec(record({ 0: text, 1: text })),
    idl: IDL.Vec(IDL.Tuple(IDL.Text, IDL.Text)),
    value: fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }),
    read: (pairs: unknown) =>
      (pairs as { 0: unknown; 1: unknown }[]).map((pair) => [readText(pair[0]), readText(pair[1])]),
  },
  filter: {
    shape: record({ name: text, from: opt(nat64) }),
    idl: IDL.Record({ name: IDL.Text, from: IDL.Opt(IDL.Nat64) }),
    value: fc.record(
      { name: fc.string(), from: optional(fc.bigInt({ min: 0n, max: 9n })) },
      { noNullPrototype: true },
    ),
    read: (value: unknown) => {
      const { name, from } = value as { name: unknown; from: bigint | undefined };
      return { name: readText(name), from: from === undefined ? [] : [from] };
    },
  },
  note: {
    shape: opt(text),
    idl: IDL.Opt(IDL.Text),
    value: optional(fc.string({ unit: 'binary' })),
    read: (value: unknown) => (value === undefined ? [] : [readText(value)]),
  },
};

type Name = keyof typeof ARGUMENTS;
const NAMES = Object.keys(ARGUMENTS) as Name[];

function same(value: unknown): unknown {
  return value;
}

function readText(value: unknown): string {
  const { utf8, value: string } = value as { utf8: Uint8Array; value: string };
  expect(new TextDecoder().decode(utf8)).toBe(string);
  return string;
}

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<[] | [T]> {
  return fc.option(value, { nil: undefined }).map((some) => (some === undefined ? [] : [some]));
}

function decoderOf(names: readonly Name[]) {
  return new ArgumentDecoder(
    Object.fromEntries(names.map((name) => [name, ARGUMENTS[name].shape as Shape<unknown>])),
  );
}

function readAll(names: readonly Name[], decoded: Readonly<Record<string, unknown>>): unknown[] {
  return names.map((name) => ARGUMENTS[name].read(decoded[name]));
}

const someNames = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: NAMES.length });

/** Names with a value for each. */
const call = someNames.chain((names) =>
  fc.tuple(
    fc.constant(names),
    fc.tuple(...names.map((name) => ARGUMENTS[name].value as fc.Arbitrary<unknown>)),
  ),
);

const extraType = fc.constantFrom<readonly [IDL.Type, unknown]>(
  [IDL.Nat, 12345678901234567890n],
  [IDL.Vec(IDL.Nat8), Uint8Array.of(1, 2, 3)],
  [IDL.Vec(IDL.Null), [null, null]],
  [IDL.Record({ a: IDL.Opt(IDL.Vec(IDL.Int)), b: IDL.Float64 }), { a: [[-1n, 2n]], b: 0.5 }],
  [IDL.Variant({ A: IDL.Text, B: IDL.Principal }), { B: Principal.anonymous() }],
  [IDL.Func([IDL.Text], [], ['query']), [Principal.managementCanister(), 'method']],
  [IDL.Service({}), Principal.managementCanister()],
  [IDL.Reserved, null],
);

describe('ArgumentDecoder', () => {
  it('reads what @dfinity/candid writes', () => {
    fc.assert(
      fc.property(call, ([names, values]) => {
        const message = IDL.encode(
          names.map((name) => ARGUMENTS[name].idl),
          values,
        );
        expect(readAll(names, decoderOf(names).decode(message))).toEqual(values);
      }),
    );
  });

  it('reads the same again once it knows the header', () => {
    fc.assert(
      fc.property(call, ([names, values]) => {
        const decoder = decoderOf(names);
        const padded = [...names.map((name) => ARGUMENTS[name].idl), IDL.Record({ x: IDL.Text })];
        const message = IDL.encode(padded, [...values, { x: 'y' }]);
        for (const _ of [1, 2]) expect(readAll(names, decoder.decode(message))).toEqual(values);
      }),
    );
  });

  it('takes trailing opts that are left out as null', () => {
    const decoder = decoderOf(['user_id', 'note', 'filter'].slice(0, 2) as Name[]);
    expect(decoder.decode(IDL.encode([IDL.Text], ['u']))['note']).toBeUndefined();
  });

  it('moves over arguments that it does not know', () => {
    fc.assert(
      fc.property(call, fc.array(extraType, { maxLength: 3 }), ([names, values], extra) => {
        const types = [...names.map((name) => ARGUMENTS[name].idl), ...extra.map(([type]) => type)];
        const message = IDL.encode(types, [...values, ...extra.map(([, value]) => value)]);
        expect(readAll(names, decoderOf(names).decode(message))).toEqual(values);
      }),
    );
  });

  it('moves over record fields that it does not know', () => {
    fc.assert(
      fc.property(fc.string(), extraType, fc.stringMatching(/^[a-z]{1,8}$/), (name, [type, value], label) => {
        fc.pre(label !== 'name' && label !== 'from');
        const message = IDL.encode(
          [IDL.Record({ name: IDL.Text, [label]: type })],
          [{ name, [label]: value }],
        );
        expect(readAll(['filter'], decoderOf(['filter']).decode(message))).toEqual([{ name, from: [] }]);
      }),
    );
  });

  it('takes a variant with fewer options', () => {
    const message = IDL.encode([IDL.Variant({ Blue: IDL.Null })], [{ Blue: null }]);
    expect(decoderOf(['color']).decode(message)).toEqual({ color: 'Blue' });
  });

  const optCases: [string, IDL.Type, unknown, string | undefined][] = [
    ['a plain value', IDL.Text, 'x', 'x'],
    ['null', IDL.Null, null, undefined],
    ['reserved', IDL.Reserved, null, undefined],
    ['an opt of another type', IDL.Opt(IDL.Nat8), [7], undefined],
    ['a plain value of another type', IDL.Vec(IDL.Nat16), [7, 8], undefined],
    ['an opt of an opt', IDL.Opt(IDL.Opt(IDL.Text)), [['x']], undefined],
  ];
  for (const [what, type, value, expected] of optCases) {
    it(`reads ${what} where an opt is expected by Candid's rule`, () => {
      const decoded = decoderOf(['note']).decode(IDL.encode([type], [value]));
      expect((decoded['note'] as { value: string } | undefined)?.value).toBe(expected);
    });
  }

  const strictCases: [string, IDL.Type, unknown, string | undefined][] = [
    ['an opt', IDL.Opt(Color), [{ Blue: null }], 'Blue'],
    ['a plain value', IDL.Variant({ Red: IDL.Null }), { Red: null }, 'Red'],
    ['null', IDL.Null, null, undefined],
    ['reserved', IDL.Reserved, null, undefined],
    ['an empty opt', IDL.Opt(Color), [], undefined],
    ['an opt of empty', IDL.Opt(IDL.Empty), [], undefined],
  ];
  const strict = new ArgumentDecoder({ rights: strictOpt(enumeration(COLORS)) });
  for (const [what, type, value, expected] of strictCases) {
    it(`reads ${what} where a strict opt is expected`, () => {
      expect(strict.decode(IDL.encode([type], [value]))).toEqual({ rights: expected });
    });
  }

  it('reads a strict opt that is left out as null', () => {
    expect(strict.decode(IDL.encode([], []))).toEqual({ rights: undefined });
  });

  it('refuses a strict opt of what it does not know, rather than to read it as null', () => {
    const unknown = IDL.Variant({ Mauve: IDL.Null });
    for (const type of [unknown, IDL.Opt(unknown)]) {
      const value = type === unknown ? { Mauve: null } : [{ Mauve: null }];
      expect(() => strict.decode(IDL.encode([type], [value]))).toThrow(
        'argument rights: expected a variant of',
      );
    }
  });

  const refusals: [string, Name[], IDL.Type[], unknown[], string][] = [
    ['another type', ['user_id'], [IDL.Nat], [1n], 'argument user_id: expected text, got nat'],
    ['a missing argument', ['note', 'user_id'], [IDL.Opt(IDL.Text)], [[]], 'argument user_id: it is missing'],
    ['a missing field', ['filter'], [IDL.Record({})], [{}], 'argument filter: name: the field is missing'],
    [
      'a field of another type',
      ['filter'],
      [IDL.Record({ name: IDL.Bool })],
      [{ name: true }],
      'argument filter: name: expected text, got bool',
    ],
    [
      'an unknown option',
      ['color'],
      [IDL.Variant({ Pink: IDL.Null })],
      [{ Pink: null }],
      'argument color: expected a variant of Red, Green, Blue, got one with another option',
    ],
    [
      'a vec of another type',
      ['pairs'],
      [IDL.Vec(IDL.Text)],
      [['a']],
      'argument pairs: expected record, got text',
    ],
  ];
  for (const [what, names, types, values, message] of refusals) {
    it(`refuses ${what}, naming the argument`, () => {
      expect(() => decoderOf(names).decode(IDL.encode(types, values))).toThrow(new CandidError(message));
    });
  }

  const malformed: [string, string, RegExp][] = [
    ['no bytes', '', /DIDL/],
    ['another magic number', '4449444d0000', /DIDL/],
    ['a message that is cut', '4449444c0001710568', /ends too early/],
    ['bytes after the last argument', '4449444c000171016100', /goes on after/],
    ['text that is not UTF-8', '4449444c00017101ff', /not valid UTF-8/],
    ['overlong UTF-8', '4449444c00017102c080', /not valid UTF-8/],
    ['a surrogate in UTF-8', '4449444c00017103eda080', /not valid UTF-8/],
    ['an unknown type reference', '4449444c000105', /no type 5/],
    ['a type table without end', '4449444cffffffff7f', /more than 200 types/],
    ['fields that are not in order', '4449444c016c020171007101000161', /not in order/],
    ['a vec of null bomb', '4449444c016d7f027100016180a094a58d1d', /more than 1000 values/],
    ['a nat bomb', `4449444c0002717d0161${'80'.repeat(10_001)}00`, /more than 1000 values/],
    [
      'functions of many arguments',
      `4449444c32${`6a64${'71'.repeat(100)}0000`.repeat(50)}00`,
      /more than 400 fields/,
    ],
    ['a message over 1 MiB', `4449444c000171${'00'.repeat(1024 * 1024)}`, /longer than 1048576 bytes/],
    ['an endless record', '4449444c016c01000002710001610000', /nest deeper/],
    ['a primitive in the type table', '4449444c017101', /can't stand in a type table/],
  ];
  for (const [what, hex, message] of malformed) {
    it(`refuses ${what}`, () => {
      const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      expect(() => decoderOf(['user_id']).decode(bytes)).toThrow(message);
    });
  }

  it('throws nothing but CandidError, whatever the bytes', () => {
    const decoder = decoderOf(NAMES);
    const valid = fc.tuple(...NAMES.map((name) => ARGUMENTS[name].value as fc.Arbitrary<unknown>)).map(
      (values) =>
        new Uint8Array(
          IDL.encode(
            NAMES.map((name) => ARGUMENTS[name].idl),
            values,
          ),
        ),
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(valid, edits, (message, changes) => {
        for (const [at, byte] of changes) message[at % message.length] = byte;
        try {
          decoder.decode(message);
        } catch (error) {
          expect(error).toBeInstanceOf(CandidError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
