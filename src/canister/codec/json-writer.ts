import { ByteWriter } from './byte-writer.ts';
import { decodeLatin1, decodeUtf8, encodeJson, isAscii } from './utf8.ts';

/** How much of a text is looked at in one go: what is passed to a native function as arguments lies on the stack. */
const CHUNK = 0x4000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;

/** So many marks in a chunk are escaped one by one; more make a string of the chunk. */
const FEW = 64;

/** How many pairs of short texts are written between two questions whether to go on. */
const PAIRS = 16;

/** Whether more may be written. */
type MayGoOn = () => boolean;

/**
 * Writes a JSON object out of stored bytes. UTF-8 stands in JSON as it is but for quotes, backslashes and control characters, so that most texts are
 * copied: a string of them would take ten times as long.
 */
export class JsonWriter {
  readonly #writer = new ByteWriter(1024);
  #separator = '{';

  /** A field whose value is JSON already. */
  json(name: string, value: string): this {
    this.#writer.raw(encodeJson(`${this.#separator}"${name}":${value}`));
    this.#separator = ',';
    return this;
  }

  /** A field that is a text, or null. False, and the object is of no use any more, where `mayGoOn` ended it. */
  text(name: string, utf8: Uint8Array | undefined, mayGoOn: MayGoOn = always): boolean {
    if (utf8 === undefined) {
      this.json(name, 'null');
      return true;
    }
    this.json(name, '');
    return writeJsonText(this.#writer, utf8, mayGoOn);
  }

  /** A field that is a list of values that are JSON already. */
  list(name: string, values: readonly Uint8Array[]): this {
    this.json(name, '[');
    for (const [i, value] of values.entries()) {
      if (i > 0) this.#writer.u8(COMMA);
      this.#writer.raw(value);
    }
    this.#writer.u8(CLOSE_LIST);
    return this;
  }

  /** A field that is a list of pairs of texts; false as for `text`. */
  pairs(
    name: string,
    pairs: readonly (readonly [Uint8Array, Uint8Array])[],
    mayGoOn: MayGoOn = always,
  ): boolean {
    this.json(name, '[');
    for (const [i, [first, second]] of pairs.entries()) {
      if (i > 0) this.#writer.u8(COMMA);
      if (i % PAIRS === PAIRS - 1 && !mayGoOn()) return false;
      this.#writer.u8(OPEN_LIST);
      writeJsonText(this.#writer, first);
      this.#writer.u8(COMMA);
      writeJsonText(this.#writer, second);
      this.#writer.u8(CLOSE_LIST);
    }
    this.#writer.u8(CLOSE_LIST);
    return true;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#writer.length;
  }

  /** The object as far as it goes, for one that goes on in two ways. */
  copy(): JsonWriter {
    const copy = new JsonWriter();
    copy.#writer.raw(this.#writer.written);
    copy.#separator = this.#separator;
    return copy;
  }

  finish(): Uint8Array {
    return this.#writer.u8(CLOSE).finish();
  }
}

/** Writes a text as a JSON string; false, and it is not complete, where `mayGoOn` ended it. It is asked once in 16 KiB. */
export function writeJsonText(writer: ByteWriter, utf8: Uint8Array, mayGoOn: MayGoOn = always): boolean {
  writer.u8(QUOTE);
  for (let at = 0; at < utf8.length; ) {
    if (at > 0 && !mayGoOn()) return false;
    const end = endOfChunk(utf8, at);
    writeChunk(writer, utf8.subarray(at, end));
    at = end;
  }
  writer.u8(QUOTE);
  return true;
}

function always(): boolean {
  return true;
}

/** A chunk ends before a byte that begins a character. */
function endOfChunk(utf8: Uint8Array, start: number): number {
  let end = Math.min(start + CHUNK, utf8.length);
  while (end < utf8.length && ((utf8[end] ?? 0) & 0xc0) === 0x80) end--;
  return end;
}

function writeChunk(writer: ByteWriter, chunk: Uint8Array): void {
  // The values of typed arrays are array-like, which is all that `apply` asks for.
  const isPrintable = Math.min.apply(null, chunk as unknown as number[]) >= FIRST_PRINTABLE;
  const marks = isPrintable ? marksOf(chunk) : undefined;
  if (marks === undefined) {
    const json = JSON.stringify(isAscii(chunk) ? decodeLatin1(chunk) : decodeUtf8(chunk));
    writer.raw(encodeJson(json.slice(1, -1)));
    return;
  }
  let from = 0;
  for (const mark of marks) {
    writer.raw(chunk.subarray(from, mark)).u8(BACKSLASH);
    from = mark;
  }
  writer.raw(chunk.subarray(from));
}

/** Where quotes and backslashes stand, in their order; undefined where they are many. */
function marksOf(chunk: Uint8Array): number[] | undefined {
  const marks: number[] = [];
  for (const mark of [QUOTE, BACKSLASH]) {
    for (let at = chunk.indexOf(mark); at >= 0; at = chunk.indexOf(mark, at + 1)) {
      if (marks.push(at) > FEW) return undefined;
    }
  }
  return marks.sort((left, right) => left - right);
}
