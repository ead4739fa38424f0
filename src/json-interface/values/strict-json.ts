/** Objects and arrays in each other: far more than any value of the interface has. */
const MOST_LEVELS = 64;
/** A number with more significant digits may not be what is read of it. */
const EXACT_DIGITS = 15;

const BOM = '\uFEFF';

/** A text that is not JSON, or JSON that readers take for different things. */
export class InvalidJsonError extends Error {
  override readonly name = 'InvalidJsonError';
  /** The name of the value at fault, with dots between the names of objects in each other; undefined for the text as a whole. */
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(field === undefined ? message : `${field}: ${message}`);
    this.field = field;
  }
}

/**
 * Reads JSON (RFC 8259) of which nothing is changed on the way: it has to be UTF-8, with no name twice in an object, no name that objects of JavaScript
 * take for their prototype, and no number that a double cannot hold. A byte order mark before it is not part of it. Throws an `InvalidJsonError`.
 */
export function parseStrictly(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of JSON.parse has parts of the text.
    throw new InvalidJsonError(
      text.trim() === '' ? 'the body is empty; send JSON' : 'the body is not valid JSON',
    );
  }
  for (const fault of faultsOf(text)) throw fault;
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith(BOM) ? text.slice(1) : text;
  } catch {
    throw new InvalidJsonError('the text is not valid UTF-8', fieldOfBadBytes(bytes));
  }
}

/** The name of the value where bytes stop to be UTF-8. What gives JSON its form are single bytes, whatever is between them. */
function fieldOfBadBytes(bytes: Uint8Array): string | undefined {
  const bad = firstBadByte(bytes);
  const walk = new Walk(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
  try {
    for (const { start, end, path } of walk.values()) if (bad >= start && bad < end) return path;
  } catch {
    // It is no JSON either.
  }
  return walk.path;
}

/** Where bytes stop to be UTF-8, give or take a character. */
function firstBadByte(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      // As the beginning of a stream it may end within a character.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

function* faultsOf(text: string): Generator<InvalidJsonError> {
  for (const { start, end, path, fault } of new Walk(text).values()) {
    if (fault !== undefined) yield new InvalidJsonError(fault, path);
    const first = text.charCodeAt(start);
    // A digit or a minus.
    if (first !== 45 && (first < 48 || first > 57)) continue;
    if (!isExact(text.slice(start, end))) {
      yield new InvalidJsonError(
        'the number has more digits than a JSON reader keeps; send it as a text',
        path,
      );
    }
  }
}

function isExact(number: string): boolean {
  const value = Number(number);
  const digits = number.replace(/e.*$/i, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
  if (!Number.isFinite(value) || (value === 0 && digits !== '')) return false;
  return digits.length <= EXACT_DIGITS || String(value) === number;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly path: string | undefined;
  readonly fault?: string;
}

interface Level {
  /** Names so far; undefined in an array. */
  readonly names: Set<string> | undefined;
  readonly path: readonly string[];
}

/** Walks over JSON, and gives texts and numbers with their places. */
class Walk {
  readonly #text: string;
  #at = 0;
  #path: readonly string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The name of the value that it is at. */
  get path(): string | undefined {
    return nameOf(this.#path);
  }

  *values(): Generator<Found> {
    const text = this.#text;
    const levels: Level[] = [];
    let isName = false;
    while (this.#at < text.length) {
      const start = this.#at;
      const level = levels.at(-1);
      switch (text[start]) {
        case '{':
        case '[':
          if (levels.length === MOST_LEVELS) {
            yield {
              start,
              end: start,
              path: this.path,
              fault: `more than ${MOST_LEVELS} levels in each other`,
            };
          }
          isName = text[start] === '{';
          levels.push({ names: isName ? new Set() : undefined, path: this.#path });
          this.#at++;
          break;
        case '}':
        case ']':
          levels.pop();
          isName = false;
          this.#at++;
          break;
        case ',':
          isName = level?.names !== undefined;
          this.#path = level?.path ?? [];
          this.#at++;
          break;
        case '"': {
          this.#at = endOfText(text, start);
          if (isName && level?.names !== undefined) {
            isName = false;
            yield this.#name(level, level.names, start);
          } else {
            yield { start, end: this.#at, path: this.path };
          }
          break;
        }
        default:
          yield* this.#other(start);
      }
    }
  }

  #name({ path }: Level, names: Set<string>, start: number): Found {
    const name = String(JSON.parse(this.#text.slice(start, this.#at)));
    this.#path = [...path, name];
    const found = { start, end: this.#at, path: this.path };
    if (names.has(name)) return { ...found, fault: 'the name may be there once' };
    names.add(name);
    return name === '__proto__' ? { ...found, fault: 'no field is called so' } : found;
  }

  *#other(start: number): Generator<Found> {
    const number = /[-+.0-9eE]+/y;
    number.lastIndex = start;
    const [found] = number.exec(this.#text) ?? [];
    this.#at += found?.length ?? 1;
    if (found !== undefined && /^[-0-9]/.test(found)) yield { start, end: this.#at, path: this.path };
  }
}

/** Where the text that begins at a quote ends. */
function endOfText(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function nameOf(path: readonly string[]): string | undefined {
  // Names are the sender's own, but need not be endless.
  return path.length === 0 ? undefined : path.join('.').slice(0, 200);
}
