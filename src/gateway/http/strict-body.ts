import type { FastifyInstance } from 'fastify';
import { InvalidJsonError, parseStrictly } from '../../json-interface/values/strict-json.ts';
import { ProblemError } from '../problems/problem.ts';

/** Reads bodies as `parseStrictly` does, and refuses those that are no JSON in UTF-8 by what their headers say. */
export function readBodiesStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      refuseOtherEncodings(request.headers['content-type'], request.headers['content-encoding']);
      done(null, parseStrictly(body));
    } catch (error) {
      done(error instanceof InvalidJsonError ? asProblem(error) : (error as Error));
    }
  });
}

function asProblem({ message, field }: InvalidJsonError): ProblemError {
  return new ProblemError('InvalidRequest', message, field === undefined ? {} : { field });
}

function refuseOtherEncodings(type = '', encoding = 'identity'): void {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type) ?? [];
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new ProblemError('UnsupportedMediaType', 'charset: the body must be UTF-8', {
      field: 'charset',
    });
  }
  if (encoding.toLowerCase() !== 'identity') {
    throw new ProblemError('UnsupportedMediaType', 'content-encoding: the body must not be compressed', {
      field: 'content-encoding',
    });
  }
}
