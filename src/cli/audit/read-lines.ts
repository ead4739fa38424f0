import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { MAX_LINE } from '../../client/audit/json-line.ts';
import { AuditLogError } from '../../client/index.ts';
import { whyUnreadable } from '../files/why-unreadable.ts';
import { CommandError } from '../terminal/command-error.ts';
import { withoutSecrets } from '../terminal/without-secrets.ts';

/** The lines of a file, or of the standard input for `-`. Throws a `CommandError` where it cannot be read. */
export async function* linesOfFile(path: string): AsyncGenerator<string> {
  const stream = path === '-' ? process.stdin : createReadStream(path);
  try {
    yield* linesOf(stream);
  } catch (cause) {
    if (cause instanceof AuditLogError) throw cause;
    throw new CommandError(
      `${withoutSecrets(path)} cannot be read: ${whyUnreadable(cause) ?? String(cause)}.`,
      { cause },
    );
  }
}

/**
 * The lines of a stream of UTF-8, without their ends; blank ones at the end are left out. Throws an AuditLogError where a line is too long or
 * is not UTF-8, so that a hostile file costs no more than a line of memory.
 */
export async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let number = 1;
  let blank = 0;
  const split = function* (text: string, isEnd: boolean): Generator<string> {
    const lines = (rest + text).split('\n');
    rest = isEnd ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      number++;
      if (line.trim() === '') {
        blank++;
        continue;
      }
      for (; blank > 0; blank--) yield '';
      yield line;
    }
    if (rest.length > MAX_LINE) {
      throw new AuditLogError(`line ${number}: it is longer than ${MAX_LINE} characters`, 'format');
    }
  };
  for await (const chunk of chunks) {
    yield* split(decoded(decoder, chunk, number), false);
  }
  yield* split(decoded(decoder, undefined, number), true);
}

function decoded(decoder: TextDecoder, chunk: unknown, number: number): string {
  try {
    if (chunk === undefined) return decoder.decode();
    return decoder.decode(chunk instanceof Uint8Array ? chunk : undefined, { stream: true });
  } catch {
    throw new AuditLogError(`line ${number} or after it: the file is not UTF-8`, 'format');
  }
}
