import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import {
  bool,
  encodeHeader,
  enumeration,
  nat64,
  opt,
  record,
  text,
  variantIndexes,
  vec,
} from '../../../src/canister/codec/index.ts';

describe('encodeHeader', () => {
  const cases = [
    { name: 'no types', types: [], idl: [], values: [], payload: 0 },
    {
      name: 'primitive types',
      types: [text, bool],
      idl: [IDL.Text, IDL.Bool],
      values: ['', true],
      payload: 2,
    },
    {
      name: 'equal types once',
      types: [opt(text), vec(opt(text))],
      idl: [IDL.Opt(IDL.Text), IDL.Vec(IDL.Opt(IDL.Text))],
      values: [[], []],
      payload: 2,
    },
    {
      name: 'inner types first, fields by the hashes of their names',
      types: [record({ user_id: text, at: opt(nat64), color: enumeration(['Red', 'Blue']), 7: text })],
      idl: [
        IDL.Record({
          user_id: IDL.Text,
          at: IDL.Opt(IDL.Nat64),
          color: IDL.Variant({ Red: IDL.Null, Blue: IDL.Null }),
          _7_: IDL.Text,
        }),
      ],
      values: [{ user_id: '', at: [], color: { Red: null }, _7_: '' }],
      payload: 4,
    },
  ];
  for (const { name, types, idl, values, payload } of cases) {
    it(`writes ${name} as @dfinity/candid does`, () => {
      const message = new Uint8Array(IDL.encode(idl, values));
      expect(encodeHeader(types.map(({ type }) => type))).toEqual(message.slice(0, message.length - payload));
    });
  }
});

describe('variantIndexes', () => {
  it('numbers options by the hashes of their names', () => {
    const names = ['NotFound', 'Conflict', 'Expired', 'Ok', 'Err'];
    const type = IDL.Variant(Object.fromEntries(names.map((name) => [name, IDL.Null])));
    for (const [name, index] of variantIndexes(names)) {
      const message = new Uint8Array(IDL.encode([type], [{ [name]: null }]));
      expect(message.at(-1)).toBe(index);
    }
  });
});
