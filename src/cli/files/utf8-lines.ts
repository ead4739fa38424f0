import { InvalidJsonError, parseStrictly } from '../../json-interface/values/strict-json.ts';
import { utf8Text } from './exact-text.ts';

const LINE_END = 0x0a;
/** More than a message may have; who reads the lines ends with an error then. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** JSON-RPC's code of a message that is no JSON, which is text in UTF-8. */
const PARSE_ERROR = -32_700;

/**
 * The lines of an input of JSON-RPC messages that are UTF-8, each with its line end. The others would be read with U+FFFD in the place of
 * what was sent, and those with a name twice in one of several ways: `answer` gets the error for them, with the field.
 */
export async function* utf8Lines(
  input: AsyncIterable<Uint8Array>,
  answer: (line: string) => void,
): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  for await (const chunk of input) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_END, start);
      if (end < 0) break;
      const line = Buffer.concat([...begun, chunk.subarray(start, end + 1)]);
      begun = [];
      start = end + 1;
      const refusal = refusalOf(line);
      if (refusal === undefined) yield line;
      else answer(`${JSON.stringify(refusal)}\n`);
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
    if (begun.reduce((sum, { length }) => sum + length, 0) > MAX_LINE_BYTES) {
      yield Buffer.concat(begun);
      begun = [];
    }
  }
}

/** What a line is refused with that is not UTF-8, or that readers take for different things; undefined where it is neither, JSON or not. */
function refusalOf(line: Buffer): object | undefined {
  const fault = faultOf(line);
  const isUtf8 = utf8Text(line) !== undefined;
  if (isUtf8 && fault?.field === undefined) return undefined;
  const message = isUtf8 ? fault?.message : 'the message must be text in UTF-8';
  const data = fault?.field === undefined ? {} : { data: { field: fault.field } };
  return { jsonrpc: '2.0', id: idIn(line) ?? null, error: { code: PARSE_ERROR, message, ...data } };
}

function faultOf(line: Buffer): InvalidJsonError | undefined {
  try {
    parseStrictly(line);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidJsonError) return error;
    throw error;
  }
}

/** The id of a request, by which who sent it waits for the answer. */
function idIn(line: Buffer): string | number | undefined {
  try {
    const { id } = JSON.parse(line.toString()) as { readonly id?: unknown };
    return typeof id === 'number' || (typeof id === 'string' && !id.includes('\ufffd')) ? id : undefined;
  } catch {
    return undefined;
  }
}
