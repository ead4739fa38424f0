import { Principal } from '@dfinity/principal';
import { AuditLogError } from './audit-log-error.ts';

/** The characters of the longest line that is read. An entry of the service has at most a few thousand. */
export const MAX_LINE = 8 * 2 ** 20;

/** The fields of one JSON object in a line of a file. */
export type Line = Readonly<Record<string, unknown>>;

/**
 * Reads lines of JSON objects whose fields are texts, of one level; `content` may be an object of the same kind. Whatever else a line
 * holds is refused with an AuditLogError that names the line and the field: unknown fields, other types, fields that come twice.
 */
export class LineReader {
  readonly #number: number;
  readonly #line: Line;

  private constructor(number: number, line: Line) {
    this.#number = number;
    this.#line = line;
  }

  /** `number` counts from 1. */
  static read(text: string, number: number): LineReader {
    if (text.length > MAX_LINE) throw refusal(number, `it is longer than ${MAX_LINE} characters`);
    const line = objectIn(text, number);
    const inner = Object.entries(line).flatMap(([name, value]) =>
      typeof value === 'object' ? [fieldsIn(name, value, number)] : [],
    );
    // Readers of JSON differ in which of two fields with one name they take.
    const names = [line, ...inner].reduce((sum, each) => sum + Object.keys(each).length, 0);
    if (countNames(text) !== names) throw refusal(number, 'a field comes twice');
    return new LineReader(number, line);
  }

  get fields(): readonly string[] {
    return Object.keys(this.#line);
  }

  /** A field that nobody knows is one that was renamed. */
  checkFields(known: ReadonlySet<string>): void {
    const unknown = this.fields.find((name) => !known.has(name));
    if (unknown !== undefined) throw refusal(this.#number, `there is no field ${shortened(unknown)}`);
  }

  /** The object in a field; undefined where there is none. */
  object(name: string): LineReader | undefined {
    const value = this.#line[name];
    if (value === undefined) return undefined;
    if (!isObject(value)) throw refusal(this.#number, `${name} is no object`);
    return new LineReader(this.#number, value);
  }

  text(name: string): string {
    const value = this.#line[name];
    if (value === undefined) throw refusal(this.#number, `${name} is missing`);
    if (typeof value !== 'string') throw refusal(this.#number, `${name} is no text`);
    // UTF-8 has no half of a surrogate pair: it would be hashed as another character than it is.
    if (/\p{Surrogate}/u.test(value)) throw refusal(this.#number, `${name} is not Unicode`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.#line[name] === undefined ? undefined : this.text(name);
  }

  /** A decimal number below 2^64. */
  nat64(name: string): bigint {
    const value = this.text(name);
    if (!/^(0|[1-9]\d{0,19})$/.test(value) || BigInt(value) >= 2n ** 64n) {
      throw refusal(this.#number, `${name} is no number from 0 to 2^64 - 1`);
    }
    return BigInt(value);
  }

  optionalNat64(name: string): bigint | undefined {
    return this.#line[name] === undefined ? undefined : this.nat64(name);
  }

  /** Hexadecimal in lower case, of any length unless told. */
  bytes(name: string, length?: number): Uint8Array {
    const value = this.text(name);
    if (value.length % 2 !== 0 || /[^\da-f]/.test(value)) {
      throw refusal(this.#number, `${name} is not hexadecimal`);
    }
    if (length !== undefined && value.length !== 2 * length) {
      throw refusal(this.#number, `${name} has ${value.length / 2} bytes and not ${length}`);
    }
    return fromHex(value);
  }

  principal(name: string): Principal {
    const value = this.text(name);
    try {
      return Principal.fromText(value);
    } catch {
      throw refusal(this.#number, `${name} is no principal`);
    }
  }

  /** Refuses a file of another format than the one that is wanted. */
  checkFormat(format: string): void {
    if (this.#line['format'] !== format) throw refusal(this.#number, `the format is not ${format}`);
  }
}

/** Bytes as files have them. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function objectIn(text: string, number: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Told below, as any other value that is no object.
  }
  throw refusal(number, 'it is no JSON object');
}

/** An object that is a field's value, and has texts alone. */
function fieldsIn(name: string, value: unknown, number: number): Line {
  if (!isObject(value)) throw refusal(number, `${shortened(name)} is neither a text nor an object`);
  const wrong = Object.entries(value).find(([, each]) => typeof each !== 'string');
  if (wrong !== undefined) throw refusal(number, `${shortened(wrong[0])} is no text`);
  return value;
}

function isObject(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many names of fields a JSON text has: the texts before a colon. */
function countNames(json: string): number {
  let count = 0;
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at + 1)) {
    at = endOfText(json, at);
    let next = at + 1;
    while (' \t\n\r'.includes(json[next] ?? '.')) next++;
    if (json[next] === ':') count++;
  }
  return count;
}

/** Where the text that begins at a quotation mark ends. */
function endOfText(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0;
  while (json[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

function refusal(number: number, message: string): AuditLogError {
  return new AuditLogError(`line ${number}: ${message}`, 'format');
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
