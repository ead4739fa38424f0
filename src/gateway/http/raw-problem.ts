import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_JSON, type Problem } from '../problems/problem.ts';

/** How long a sender has to read an answer before its connection is gone, in ms. */
const LINGER_MS = 1000;

/**
 * Answers on a connection that has no request which could be answered, and closes it: at once, so that no request comes of what arrives meanwhile, or after a
 * while where none can come any more, since what is sent to a closed connection can take the answer from its reader.
 */
export function endWithProblem(socket: Duplex, problem: Problem, closing: 'at once' | 'later'): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ ...problem, instance: `urn:uuid:${randomUUID()}` });
  const fields = {
    ...(problem.status === 429 || problem.status === 503 ? { 'Retry-After': '1' } : {}),
    'Content-Type': PROBLEM_JSON,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const line = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n`;
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => undefined);
  socket.end(`${line}${head.join('')}\r\n${body}`, () => {
    if (closing === 'at once') socket.destroy();
  });
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
