import type { FastifyInstance, FastifyRequest } from 'fastify';
import { holdsSecrets } from '../../client/sealing/secret-methods.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { REQUEST_ID, type ServiceMethod } from '../../json-interface/methods/service-method.ts';
import {
  type JsonSchema,
  type NamedForm,
  objectSchema,
  recordSchema,
} from '../../json-interface/values/json-form.ts';
import { ProblemError } from '../problems/problem.ts';
import { problemAnswers } from '../problems/problem-answer.ts';
import { accountOf } from './authentication.ts';
import type { MethodRoute } from './method-routes.ts';

const SEALING = 'agent-service-sealing';
const MANUAL = 'manual';
const IDEMPOTENCY_KEY = 'idempotency-key';
const IDEMPOTENCY_KEY_CHARACTERS = 64;

/**
 * Serves a method at a path: what is in the path, the query and the body are its parameters, and `{"result": …}` is what it answers.
 */
export function registerMethod(app: FastifyInstance, route: MethodRoute): void {
  const { method, isRecord, status } = route;
  app.route<{ Params: JsonObject; Querystring: JsonObject; Body: JsonObject | undefined }>({
    method: route.verb,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    schema: routeSchema(route, method.parameters),
    config: { isUpdate: !method.isQuery, document: routeSchema(route, method.documented) },
    handler: async (request, reply) => {
      const values = { ...request.params, ...request.query, ...request.body, ...requestId(request, method) };
      const { caller } = accountOf(request);
      const result = await (isManual(request) ? caller.manual : caller).call(method, values);
      if (isRecord && result === null) throw new ProblemError('NotFound', 'there is no such record');
      return reply.status(status).send({ result });
    },
  });
}

function routeSchema(route: MethodRoute, parameters: readonly NamedForm[]): JsonSchema {
  const { verb, path, method, operationId, summary, description, tag, status } = route;
  const inPath = parameters.filter(([name]) => path.includes(`{${name}}`));
  const others = parameters.filter((parameter) => !inPath.includes(parameter));
  const inQuery = verb === 'GET' || verb === 'DELETE';
  // A call at its plain path has a body always, so that one rule is enough for all.
  const inBody = !inQuery && (others.length > 0 || inPath.length === 0);
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    ...(inPath.length > 0 && { params: recordSchema(inPath) }),
    ...(inQuery && { querystring: recordSchema(others.map(asText)) }),
    ...(inBody && { body: recordSchema(others) }),
    ...headersOf(method),
    response: {
      [status]: {
        description: 'What the method answers.',
        content: { 'application/json': { schema: objectSchema({ result: answerSchema(method) }) } },
      },
      ...problemAnswers(),
    },
  };
}

const IDEMPOTENCY_HEADER: JsonSchema = {
  [IDEMPOTENCY_KEY]: {
    type: 'string',
    minLength: 1,
    maxLength: IDEMPOTENCY_KEY_CHARACTERS,
    // What a header can carry: ASCII, with no blank at either end.
    pattern: '^[!-~]([ -~]*[!-~])?$',
    description: `The same as ${REQUEST_ID}: a call that was sent before is not done again, and has its first answer.`,
  },
};

const SEALING_HEADER: JsonSchema = {
  [SEALING]: {
    type: 'string',
    enum: [MANUAL],
    description:
      'Secrets are passed on as they are: those that are sent are not sealed by the gateway, and those that are read are envelopes, as the service has them.',
  },
};

/** The headers that mean something to a method. */
function headersOf(method: ServiceMethod): { readonly headers?: JsonSchema } {
  const properties = {
    ...(method.takesRequestId && IDEMPOTENCY_HEADER),
    ...(holdsSecrets(method.name) && SEALING_HEADER),
  };
  return Object.keys(properties).length === 0 ? {} : { headers: { type: 'object', properties } };
}

/** Whether the caller seals and opens secrets themselves. */
function isManual({ headers }: FastifyRequest): boolean {
  return headers[SEALING] === MANUAL;
}

function answerSchema({ answer }: ServiceMethod): JsonSchema {
  return answer?.schema ?? { type: 'null' };
}

/** In a URL a parameter is there or not: there is no null. */
function asText([name, form]: NamedForm): NamedForm {
  const { present } = form;
  return present === undefined ? [name, form] : [name, { ...form, schema: present.schema }];
}

/**
 * The parameter that the Idempotency-Key stands for. It is refused where the method cannot tell a call that it had before, since who
 * sends the key relies on it, and means nothing where nothing is changed.
 */
function requestId(
  { headers, body }: FastifyRequest<{ Body: JsonObject | undefined }>,
  method: ServiceMethod,
): JsonObject {
  const key = headers[IDEMPOTENCY_KEY];
  if (key === undefined || method.isQuery) return {};
  if (!method.takesRequestId) {
    throw new ProblemError(
      'IdempotencyKeyRefused',
      `${method.name} has no way to tell a call that it had before`,
    );
  }
  const given = body?.[REQUEST_ID] ?? key;
  if (given !== key) {
    throw new ProblemError('IdempotencyKeyRefused', `the header and ${REQUEST_ID} differ`, {
      field: REQUEST_ID,
    });
  }
  return { [REQUEST_ID]: key };
}
