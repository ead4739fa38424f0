import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { CommandError } from '../terminal/command-error.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** Text from outside as it is: Node would put U+FFFD for bytes that are no UTF-8, and drop a byte order mark of the standard input. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes; undefined where they are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a file, `-` for the standard input, which is the argument `name`. Throws a `CommandError` where it cannot be read, or is no text. */
export async function readExactText(path: string, name: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (cause) {
    const reason = whyUnreadable(cause) ?? 'it cannot be opened';
    throw new CommandError(`${name}: ${withoutSecrets(path)} cannot be read: ${reason}.`, { cause });
  }
  const text = utf8Text(bytes);
  if (text === undefined) throw new CommandError(`${name}: ${withoutSecrets(path)} must be text in UTF-8.`);
  return text;
}

const COMMAND_LINE = '/proc/self/cmdline';

/**
 * Throws a `CommandError` that names the argument which is no UTF-8. Node has put U+FFFD there already; the bytes are known on Linux alone.
 * `given` are the arguments as Node has them.
 */
export function checkArguments(
  given: readonly string[],
  commandLine: () => Uint8Array = readCommandLine,
): void {
  if (!given.some((each) => each.includes('\ufffd'))) return;
  // Each ends with a NUL.
  const raw = splitAt(commandLine(), 0).slice(0, -1).slice(-given.length);
  if (raw.length !== given.length) return;
  const at = raw.findIndex((bytes) => utf8Text(bytes) === undefined);
  const [broken, before] = [given[at], given[at - 1]];
  if (broken === undefined) return;
  const [, option = /^--?\w/.test(before ?? '') ? before : `argument ${at + 1}`] =
    /^(--[\w-]+)=/.exec(broken) ?? [];
  throw new CommandError(`${option}: it must be text in UTF-8.`);
}

function readCommandLine(): Uint8Array {
  try {
    return readFileSync(COMMAND_LINE);
  } catch {
    return new Uint8Array();
  }
}

/** The parts between the bytes of a value. */
function splitAt(bytes: Uint8Array, separator: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(separator, start);
    if (end < 0) return [...parts, bytes.subarray(start)];
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
}
