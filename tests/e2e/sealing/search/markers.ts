import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const FLAG_CHARACTERS = 20;
/** A secret says it so often, so that a part of it that was not overwritten is found, too. */
const REPEATED = 8;

/** A token and an OAuth grant. */
export interface MarkedSecrets {
  readonly token: string;
  /** JSON. */
  readonly grant: string;
}

/** Secrets that say all over whose they are, and can be told from everything else by a random text that all of them have. */
export class Markers {
  readonly #flag = Array.from({ length: FLAG_CHARACTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  readonly #forms = formsOf(this.#flag);
  #count = 0;

  /** A secret of its own. `name` is letters and hyphens. */
  secret(name: string): string {
    return `${this.#flag}.${name}-${this.#count++}.`.repeat(REPEATED);
  }

  /** A token and a grant of their own. */
  secrets(name: string): MarkedSecrets {
    return {
      token: this.secret(`${name}-token`),
      grant: JSON.stringify({ refresh_token: this.secret(`${name}-grant`) }),
    };
  }

  /** What is found of secrets in the bytes: form and, in a text, name of each; in other forms the text says no name. */
  in(bytes: Uint8Array): readonly string[] {
    const searched = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const found = new Set<string>();
    for (const [form, pattern] of this.#forms) {
      for (let at = searched.indexOf(pattern); at >= 0; at = searched.indexOf(pattern, at + 1)) {
        found.add(form === 'text' ? nameAt(searched, at + pattern.length) : form);
      }
    }
    return [...found];
  }
}

function nameAt(bytes: Buffer, at: number): string {
  return /^\.?([\w-]*)/.exec(bytes.toString('latin1', at, at + 60))?.[1] ?? '';
}

/** The forms in which a text may stand somewhere. */
function formsOf(text: string): readonly (readonly [form: string, pattern: Buffer])[] {
  const hex = Buffer.from(text).toString('hex');
  return [
    ['text', Buffer.from(text)],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['hex', Buffer.from(hex)],
    ['hex in capitals', Buffer.from(hex.toUpperCase())],
    ...[0, 1, 2].map((before) => [`base64 at ${before}`, base64Within(text, before)] as const),
  ];
}

/** The characters of base64 that a text decides alone, so many bytes after one that a character begins with. ASCII has the same ones in base64url. */
function base64Within(text: string, before: number): Buffer {
  const all = Buffer.from('\0'.repeat(before) + text).toString('base64');
  const first = Math.ceil((before * 8) / 6);
  return Buffer.from(all.slice(first, Math.floor(((before + text.length) * 8) / 6)));
}
