import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidJsonError, parseStrictly } from '../../../src/json-interface/values/strict-json.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);

/** What is thrown for the bytes. */
function faultOf(json: Uint8Array): InvalidJsonError {
  try {
    parseStrictly(json);
  } catch (error) {
    if (error instanceof InvalidJsonError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('text that is changed on the way', () => {
  it('is no JSON that is read, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!json.includes('__proto__'));
        expect(parseStrictly(bytes(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  it.each([
    ['a mark in a value', '{"a":"\uFEFFb"}', { a: '\uFEFFb' }],
    ['a mark before the JSON, which is not part of it', '\uFEFF{"a":"b"}', { a: 'b' }],
    ['NUL, line separators and emoji', '{"a":"\\u0000\u2028\u2029😀"}', { a: '\u0000\u2028\u2029😀' }],
    [
      'the largest exact number',
      '[9007199254740991, -9007199254740991]',
      [9007199254740991, -9007199254740991],
    ],
    [
      'numbers as programs write them',
      '[0.1, 1e21, 0.30000000000000004, 5e-324, 100000000000000000000]',
      [0.1, 1e21, 0.30000000000000004, 5e-324, 1e20],
    ],
    [
      'the same name in other objects',
      '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
      { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] },
    ],
    ['quotes and backslashes in texts', '{"a\\\\":"\\\\\\"","b":"\\"a\\":"}', { 'a\\': '\\"', b: '"a":' }],
  ])('is kept: %s', (_name, json, value) => {
    expect(parseStrictly(bytes(json))).toEqual(value);
  });

  it.each<[string, Uint8Array, string | undefined]>([
    ['bytes that are no UTF-8', bytes('{"a":{"b":"x\xff\xfe"}}', 'latin1'), 'a.b'],
    ['overlong bytes', bytes('{"a":"ok","c":"x\xc0\xaf"}', 'latin1'), 'c'],
    ['a surrogate in bytes', bytes('{"a":["\xed\xa0\x80"]}', 'latin1'), 'a'],
    ['half a character at the end', bytes('{"a":"\xf0\x9f', 'latin1'), 'a'],
    [
      'bytes that are no UTF-8, after a text that looks like it',
      Buffer.concat([bytes('{"a":"\uFFFD","b":"'), bytes('\xff"}', 'latin1')]),
      'b',
    ],
    ['UTF-16', bytes('{"a":"b"}', 'utf16le').subarray(1), undefined],
    ['two marks', bytes('\uFEFF\uFEFF{}'), undefined],
    ['a name twice', bytes('{"a":1,"b":{"c":1,"c":2}}'), 'b.c'],
    ['a name twice, once escaped', bytes('{"a":1,"\\u0061":2}'), 'a'],
    ['a prototype', bytes('{"a":{"__proto__":{"x":1}}}'), 'a.__proto__'],
    ['a prototype, escaped', bytes('{"\\u005f_proto__":1}'), '__proto__'],
    ['a number beyond 2^53', bytes('{"a":[1,{"limit":9007199254740993}]}'), 'a.limit'],
    ['a number with too many decimals', bytes('{"a":4294967295.00000000001}'), 'a'],
    ['a number beyond all', bytes('{"a":1e999}'), 'a'],
    ['a number that is as good as none', bytes('{"a":1e-999}'), 'a'],
    ['a deep one', bytes('['.repeat(100_000) + ']'.repeat(100_000)), undefined],
    ['an empty one', bytes(' \n'), undefined],
    ['one that is not JSON', bytes('{"a":MARKER}'), undefined],
  ])('is refused, with its field: %s', (_name, json, field) => {
    const fault = faultOf(json);
    expect(fault.field).toBe(field);
    expect(fault.message).not.toContain('MARKER');
  });

  it('is found in large bodies in a time that grows with them', () => {
    const quotes = bytes(JSON.stringify({ a: '\\"'.repeat(500_000) }));
    expect(parseStrictly(quotes)).toEqual({ a: '\\"'.repeat(500_000) });
    const names = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`n${i}`, i]));
    expect(parseStrictly(bytes(JSON.stringify(names)))).toEqual(names);
  });
});
