import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

/**
 * Has requests validated by their schemas, as OpenAPI 3.1 reads them. A body has to fit as it is; what comes in a URL or a header is
 * text, and read as the type that its schema asks for.
 */
export function validateStrictly(app: FastifyInstance): void {
  const strict = new Ajv2020({ strict: false });
  const coercing = new Ajv2020({ strict: false, coerceTypes: true });
  app.setValidatorCompiler<object>(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : coercing).compile(schema),
  );
  // Nothing is left out of an answer that its schema does not know: a test holds the two together.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}
