import { describe, expect, it } from 'vitest';
import { checkArguments, utf8Text } from '../../../src/cli/files/exact-text.ts';
import { utf8Lines } from '../../../src/cli/files/utf8-lines.ts';
import { fieldRows } from '../../../src/cli/output/columns.ts';
import { tableLines } from '../../../src/cli/output/table.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('text that is changed on the way, at the terminal', () => {
  it('is text that keeps its byte order mark, and no text where it is no UTF-8', () => {
    expect(utf8Text(Buffer.from('\ufeffa\u0000\u2028😀e\u0301'))).toBe('\ufeffa\u0000\u2028😀e\u0301');
    for (const broken of ['\xff\xfe', '\xed\xa0\xbd', 'a\xc3', '\xf0\x9f\x98', '\xc0\x80']) {
      expect(utf8Text(bytes(broken))).toBeUndefined();
    }
  });

  it.each([
    [
      'the value of an option',
      ['add', 'alice', '--message', 'a\ufffd'],
      'node\0run\0add\0alice\0--message\0a\xff\0',
      '--message',
    ],
    [
      'a value after an equals sign',
      ['add', '--message=\ufffd'],
      'node\0run\0add\0--message=\xff\0',
      '--message',
    ],
    ['an argument', ['add', '\ufffd'], 'node\0run\0add\0\xff\0', 'argument 2'],
  ])('%s that is no UTF-8 is refused by its name', (_what, given, commandLine, name) => {
    expect(() => checkArguments(given, () => bytes(commandLine))).toThrow(
      `${name}: it must be text in UTF-8.`,
    );
  });

  it('U+FFFD that was typed is a character as any other, and so is what nobody knows the bytes of', () => {
    const typed = ['add', '\ufffd'];
    expect(() => checkArguments(typed, () => Buffer.from('node\0run\0add\0\ufffd\0'))).not.toThrow();
    expect(() => checkArguments(typed, () => new Uint8Array())).not.toThrow();
    expect(() => checkArguments(['add', 'b'], () => bytes('x\0\xff\0'))).not.toThrow();
  });

  it('lines of messages that are no UTF-8 are answered, and the others read, however they are cut', async () => {
    const input = bytes('{"id":1}\n{"id":7,"a":"\xff"}\n\xfe\n{"b":"\xf0\x9f\x98\x80"}\nrest');
    for (const size of [1, 3, 7, 1000]) {
      const answers: unknown[] = [];
      const lines: string[] = [];
      async function* cut() {
        for (let at = 0; at < input.length; at += size)
          yield await Promise.resolve(input.subarray(at, at + size));
      }
      for await (const line of utf8Lines(cut(), (answer) => answers.push(JSON.parse(answer)))) {
        lines.push(Buffer.from(line).toString());
      }
      expect(lines).toEqual(['{"id":1}\n', '{"b":"😀"}\n']);
      expect(answers).toMatchObject([
        { id: 7, error: { code: -32_700, message: 'the message must be text in UTF-8' } },
        { id: null, error: { code: -32_700 } },
      ]);
    }
  });

  it('lines of messages that readers take for different things are answered with the field, and what is no JSON is left to the reader', async () => {
    const answers: unknown[] = [];
    const lines: string[] = [];
    async function* input() {
      yield await Promise.resolve(bytes('{"id":1,"params":{"a":1,"a":2}}\n{"id":2,"b":"\xff"}\nno JSON\n'));
    }
    for await (const line of utf8Lines(input(), (answer) => answers.push(JSON.parse(answer)))) {
      lines.push(Buffer.from(line).toString());
    }
    expect(lines).toEqual(['no JSON\n']);
    expect(answers).toMatchObject([
      { id: 1, error: { data: { field: 'params.a' } } },
      { id: 2, error: { data: { field: 'b' } } },
    ]);
  });
});

describe('JSON shown otherwise than stored, at the terminal', () => {
  const shown = (metadata: string) => {
    const [, line = ''] = tableLines(
      [{ title: 'V', cell: ({ value }: { value: string }) => value }],
      fieldRows({ metadata }).map(({ value }) => ({ value: String(value) })),
    );
    return line;
  };

  it.each(['9007199254740993', '1e400', '-0', '1.0', '{"b":1,"a":2,"b":3}', String.raw`"\u00e9\/"`, '"😀é"'])(
    'does not happen to %s',
    (metadata) => {
      expect(shown(metadata)).toBe(metadata);
    },
  );

  it('does not happen to characters that a terminal does not show: they are escapes', () => {
    expect(shown('{"a":\n"x\u202ey\ufeff\u2028\u007f"}')).toBe(
      String.raw`{"a": "x\u202ey\ufeff\u2028\u007f"}`,
    );
  });
});
