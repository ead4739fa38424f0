import { JSONParse } from 'json-with-bigint';
import { BadRequest } from './bad-request.ts';

/** Standard alphabet with padding, as the protocol writes bytes. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Parses a request's body, in which integers may be larger than a JavaScript number holds. */
export function parseJson(text: string): unknown {
  try {
    return JSONParse(text);
  } catch (error) {
    throw new BadRequest(`The body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The bytes of a base64 text of the field that is named. */
export function fromBase64(text: string, field: string): Uint8Array {
  if (!BASE64.test(text)) throw new BadRequest(`${field} is not base64`);
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** Bytes as the protocol writes them. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A JSON object of a request, of which each field is checked as it is read. A field that is null counts as missing. */
export class JsonFields {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #path: string;

  /** Refuses what is not an object; `path` is what a refusal calls it, nothing for the body itself. */
  constructor(value: unknown, path = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new BadRequest(`${path === '' ? 'The body' : path} is not an object`);
    }
    this.#fields = new Map(Object.entries(value));
    this.#path = path === '' ? '' : `${path}.`;
  }

  /** The names of the fields that are there. */
  get names(): readonly string[] {
    return [...this.#fields.keys()].filter((name) => this.has(name));
  }

  has(name: string): boolean {
    return (this.#fields.get(name) ?? undefined) !== undefined;
  }

  text(name: string): string {
    const value = this.#required(name);
    return typeof value === 'string' ? value : this.#refuse(name, 'a text');
  }

  /** A natural number of any size. */
  natural(name: string): bigint {
    const value = this.#required(name);
    if (typeof value === 'bigint' && value >= 0n) return value;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    return this.#refuse(name, 'a natural number');
  }

  /** A natural number that is at most `largest`. */
  smallNatural(name: string, largest: number): number {
    const value = this.natural(name);
    return value <= BigInt(largest) ? Number(value) : this.#refuse(name, `at most ${largest}`);
  }

  /** Bytes, written in base64. */
  blob(name: string): Uint8Array {
    return fromBase64(this.text(name), this.#path + name);
  }

  fields(name: string): JsonFields {
    return new JsonFields(this.#required(name), this.#path + name);
  }

  /** An array of objects. */
  list(name: string): readonly JsonFields[] {
    const value = this.#required(name);
    if (!Array.isArray(value)) return this.#refuse(name, 'an array');
    return value.map((each: unknown, i) => new JsonFields(each, `${this.#path}${name}[${i}]`));
  }

  /** The field as it stands; undefined where it is missing. */
  raw(name: string): unknown {
    return this.#fields.get(name) ?? undefined;
  }

  #required(name: string): unknown {
    return this.raw(name) ?? this.#refuse(name, 'there');
  }

  #refuse(name: string, expected: string): never {
    throw new BadRequest(`${this.#path}${name} is not ${expected}`);
  }
}
