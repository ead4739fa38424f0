import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_JSON, type Problem } from './problem.ts';

/** How long a sender has to read an answer before its connection is gone, in ms. */
const LINGER_MS = 1000;

/** Answers on a connection that has no request which could be answered, and closes it. */
export function endWithProblem(
  socket: Duplex,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ ...problem, instance: `urn:uuid:${randomUUID()}` });
  const fields = {
    ...headers,
    ...(problem.status === 429 || problem.status === 503 ? { 'Retry-After': '1' } : {}),
    'Content-Type': PROBLEM_JSON,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n${head.join('')}\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
