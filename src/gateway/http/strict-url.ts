import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problems/problem.ts';

/** Where `parseQuery` leaves what it may not throw: the router has no place for errors. */
const FAULT = Symbol('fault');

/** Headers that mean something here. Node joins most that are there twice, and takes the first of others. */
const ONCE: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'content-encoding',
  'host',
  'idempotency-key',
  'last-event-id',
  'mcp-protocol-version',
  'origin',
]);

/** The parameters of a query as browsers write them. One that is no text, or that is there twice, is refused by `checkRequests`. */
export function parseQuery(query: string): Record<string, string> {
  const values: Record<string | symbol, unknown> = Object.create(null) as Record<string | symbol, unknown>;
  const fault = (field: string, message: string) => {
    values[FAULT] ??= new ProblemError('InvalidRequest', `${field}: ${message}`, { field });
  };
  for (const pair of query === '' ? [] : query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decoded(at === -1 ? pair : pair.slice(0, at));
    const value = decoded(at === -1 ? '' : pair.slice(at + 1));
    if (name === undefined) fault('query', 'each name must be percent-encoded UTF-8');
    else if (value === undefined) fault(name, 'the value must be percent-encoded UTF-8');
    else if (name in values || name === '__proto__') fault(name, 'the parameter may be there once');
    else values[name] = value;
  }
  return values as Record<string, string>;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Refuses requests whose line or headers readers take for different things, before anything is done with them. */
export function checkRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw, query }) => {
    // Bytes beyond ASCII come as Latin-1, which is not what they were meant as.
    if (/[^\x21-\x7e]|#/.test(raw.url ?? '')) {
      throw new ProblemError(
        'InvalidRequest',
        'the request line must have other characters in percent encoding',
      );
    }
    const names = raw.rawHeaders.filter((_text, i) => i % 2 === 0).map((name) => name.toLowerCase());
    for (const name of ONCE) {
      if (names.indexOf(name) !== names.lastIndexOf(name))
        throw refused(name, 'the header may be there once');
      if (/[^\x20-\x7e]/.test(String(raw.headers[name] ?? '')))
        throw refused(name, 'the header has to be ASCII');
    }
    if (raw.headers.expect !== undefined && raw.headers.expect.toLowerCase() !== '100-continue') {
      throw new ProblemError('ExpectationFailed', 'the gateway supports only the expectation 100-continue');
    }
    const fault = (query as Record<symbol, unknown>)[FAULT];
    if (fault instanceof ProblemError) throw fault;
  });
  // By now the key was good: the sender may go on.
  app.addHook('preParsing', async ({ raw }, reply, payload) => {
    if (raw.headers.expect !== undefined && !raw.complete) reply.raw.writeContinue();
    return payload;
  });
}

function refused(field: string, message: string): ProblemError {
  return new ProblemError('InvalidRequest', `${field}: ${message}`, { field });
}
