import { IDL } from '@dfinity/candid';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { InvalidValueError, jsonForm } from '../../../src/json-interface/values/json-form.ts';

/** The JSON of a value that went to Candid's bytes and back. */
function throughCandid(type: IDL.Type, json: unknown): unknown {
  const form = jsonForm(type);
  const [decoded] = IDL.decode([type], IDL.encode([type], [form.read(json)]));
  return form.write(decoded);
}

const Mixed = IDL.Variant({ plain: IDL.Null, carrying: IDL.Record({ reason: IDL.Text }) });
const Tree = IDL.Rec();
Tree.fill(IDL.Variant({ leaf: IDL.Nat32, nodes: IDL.Vec(Tree) }));
const PRINCIPAL = 'ryjl3-tyaaa-aaaaa-aaaba-cai';

describe('jsonForm', () => {
  it.each<[string, IDL.Type, unknown]>([
    ['text', IDL.Text, 'Grüße 🐸'],
    ['bool', IDL.Bool, true],
    ['null', IDL.Null, null],
    ['nat8', IDL.Nat8, 255],
    ['int16', IDL.Int16, -32768],
    ['nat32', IDL.Nat32, 4294967295],
    ['float64', IDL.Float64, 0.1],
    ['nat64', IDL.Nat64, '18446744073709551615'],
    ['int64', IDL.Int64, '-9223372036854775808'],
    ['nat', IDL.Nat, '340282366920938463463374607431768211456'],
    ['int', IDL.Int, '-340282366920938463463374607431768211456'],
    ['a principal', IDL.Principal, PRINCIPAL],
    ['a blob', IDL.Vec(IDL.Nat8), 'AAH/'],
    ['an empty blob', IDL.Vec(IDL.Nat8), ''],
    ['a vec that is decoded as a typed array', IDL.Vec(IDL.Nat64), ['1', '2']],
    ['an opt with a value', IDL.Opt(IDL.Text), 'there'],
    ['an opt without', IDL.Opt(IDL.Text), null],
    ['a tuple', IDL.Tuple(IDL.Text, IDL.Nat32), ['a', 1]],
    ['a record', IDL.Record({ a: IDL.Text, b: IDL.Opt(IDL.Nat64) }), { a: 'x', b: '1' }],
    ['an option of a variant', Mixed, 'plain'],
    ['an option that carries a value', Mixed, { carrying: { reason: 'late' } }],
    ['a func', IDL.Func([], [], ['query']), [PRINCIPAL, 'more']],
    ['a value of a recursive type', Tree, { nodes: [{ leaf: 1 }, { nodes: [] }] }],
  ])('brings %s to Candid and back, and its schema has it', (_name, type, json) => {
    expect(throughCandid(type, json)).toEqual(json);
    expect(new Ajv2020({ strict: false }).validate(jsonForm(type).schema, json)).toBe(true);
  });

  it('reads an opt field that is left out', () => {
    const type = IDL.Record({ a: IDL.Opt(IDL.Text) });
    expect(throughCandid(type, {})).toEqual({ a: null });
  });

  it.each<[string, IDL.Type, unknown]>([
    ['a JSON number for a nat64', IDL.Nat64, 1],
    ['a fraction for a nat32', IDL.Nat32, 1.5],
    ['a nat8 that is too large', IDL.Nat8, 256],
    ['a negative nat', IDL.Nat, '-1'],
    ['leading zeros', IDL.Nat64, '01'],
    ['an option that there is not', Mixed, 'other'],
    ['two options at once', Mixed, { carrying: { reason: '' }, plain: null }],
    ['a field that there is not', IDL.Record({ a: IDL.Text }), { a: '', b: '' }],
    ['a record without a field', IDL.Record({ a: IDL.Text }), {}],
    ['a tuple that is too long', IDL.Tuple(IDL.Text, IDL.Text), ['', '', '']],
    ['no base64', IDL.Vec(IDL.Nat8), 'A'],
    ['a number for a text', IDL.Text, 1],
  ])('has a schema that refuses %s', (_name, type, json) => {
    expect(new Ajv2020({ strict: false }).validate(jsonForm(type).schema, json)).toBe(false);
  });

  it.each<[string, IDL.Type, unknown, string]>([
    ['a nat64 beyond its range', IDL.Nat64, '18446744073709551616', 'must be from 0 to 18446744073709551615'],
    ['what only looks like a principal', IDL.Principal, 'aaaaa-ab', 'must be the text of a principal'],
    ['half a surrogate pair', IDL.Text, 'a\ud800', 'must not have lone surrogates'],
  ])('does not read %s', (_name, type, json, message) => {
    expect(() => jsonForm(type).read(json)).toThrow(new InvalidValueError(message));
  });

  it('leaves hidden fields out of what it writes and of its schema, however deep', () => {
    const type = IDL.Vec(IDL.Opt(IDL.Record({ token: IDL.Text, kept: IDL.Text })));
    const form = jsonForm(type, new Set(['token']));
    expect(form.write([[{ token: 'MARKER', kept: 'k' }]])).toEqual([{ kept: 'k' }]);
    expect(JSON.stringify(form.schema)).not.toContain('token');
  });

  it('has no form for types without values', () => {
    expect(() => jsonForm(IDL.Empty)).toThrow('there is no JSON for values of the type empty');
  });
});
