import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, readJson } from '../../../src/dashboard/components/json-value.ts';

/** The text of a value, put together again from what is shown of it. */
function shown({ kind, text, members }: JsonValue): string {
  if (kind === 'object') return `{${members.map(([name, value]) => `"${name}":${shown(value)}`).join(',')}}`;
  if (kind === 'array') return `[${members.map(([, value]) => shown(value)).join(',')}]`;
  return text;
}

describe('JSON shown otherwise than stored', () => {
  it.each([
    ['numbers beyond 2^53', '{"id":9007199254740993,"n":[123456789012345678901234567890,-9007199254740993]}'],
    ['numbers beyond a double', '[1e400,-1e400,1e-400,0.1000000000000000055511151231257827]'],
    ['minus zero, and what equals one', '[-0,0,-0.0,1,1.0,1.00,1e0,1E+0,100e-2]'],
    ['a name that comes twice', '{"a":1,"b":2,"a":3,"":4,"":5}'],
    ['the order of names', '{"b":1,"10":2,"2":3,"a":4,"__proto__":{"x":5},"constructor":6}'],
    ['escapes', '{"\\u0061\\/":"\\u00e9\\/\\ud83d\\ude00\\b\\"\\\\","é":"é/😀"}'],
    ['half of a character in an escape', '["\\ud83d","\\ude00\\ud83d"]'],
    ['separators of lines and format characters', '["\u2028\u2029\ufeff\u200b\u202e\u007f"]'],
    ['lone values', '12345678901234567890'],
    ['empty ones', '{"a":{},"b":[],"c":"","d":null,"e":true,"f":false}'],
  ])('does not happen to %s', (_kind, json) => {
    const value = readJson(json);
    expect(value && shown(value)).toBe(json);
  });

  it('does not happen to any JSON, however it is spaced', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.integer({ min: 0, max: 4 }), (json, blanks) => {
        const value = readJson(JSON.stringify(JSON.parse(json), null, blanks));
        return value !== undefined && shown(value) === JSON.stringify(JSON.parse(json));
      }),
    );
  });

  it.each(['', ' ', '{', '{"a":1,}', '// a\n1', "{'a':1}", '{"a":01}', '\ufeff{}', 'NaN', '[1 2]', '"\n"'])(
    'takes %j for no JSON',
    (text) => {
      expect(readJson(text)).toBeUndefined();
    },
  );

  it('takes JSON that nests deeper than a page can show for a text, or reads it', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const value = readJson(deep);
    expect(value === undefined || value.text === deep).toBe(true);
  });
});
