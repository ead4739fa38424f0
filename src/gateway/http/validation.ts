import type { FastifyInstance } from 'fastify';
import { SchemaChecks } from '../../json-interface/values/schema-check.ts';
import { ProblemError } from '../problems/problem.ts';

/** What the parts of a request are called, which Fastify has its own words for. */
const PARTS: Readonly<Record<string, string>> = {
  body: 'body',
  params: 'path',
  querystring: 'query',
  headers: 'headers',
};

/**
 * Has requests validated by their schemas, as OpenAPI 3.1 reads them. A body has to fit as it is; what comes in a URL or a header is
 * text, and read as the type that its schema asks for. What does not fit is an `InvalidRequest` that names the field and what is allowed.
 */
export function validateStrictly(app: FastifyInstance): void {
  const checks = new SchemaChecks();
  app.setValidatorCompiler<object>(({ schema, httpPart = '' }) => {
    const check = checks.of(schema, { whole: PARTS[httpPart] ?? 'request', isText: httpPart !== 'body' });
    return (value: unknown) => {
      const fault = check(value);
      if (fault === undefined) return true;
      return { error: new ProblemError('InvalidRequest', fault.message, { field: fault.field }) };
    };
  });
  // Nothing is left out of an answer that its schema does not know: a test holds the two together.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}
