import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Problem, problem } from '../problems/problem.ts';
import type { Connections } from './connections.ts';
import { endWithProblem } from './raw-problem.ts';

/** Answers with a problem what Node refuses before there is a request, and what it would answer by itself. */
export function answerMalformed(server: Server, connections: Connections): void {
  server.on('clientError', (error: Error & { readonly code?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed || connections.isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    endWithProblem(socket, problemOfParser(error.code), isLate ? 'at once' : 'later');
  });
  // Without a listener Node closes the connection.
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    endWithProblem(socket, problem('NotImplemented', 'the gateway is not a proxy'), 'later');
  });
  // Without listeners Node asks for the body before anybody looked at the key, and answers other expectations by itself.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
}

function problemOfParser(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem('RequestTimeout', 'the request did not arrive in time');
    case 'HPE_HEADER_OVERFLOW':
      return problem('HeadersTooLarge', 'the request line and headers may have at most 16 KiB');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return problem('PayloadTooLarge', 'the extensions of the chunks are too large');
    default:
      return problem('MalformedRequest', 'the request is not valid HTTP/1.1');
  }
}
