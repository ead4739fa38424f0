import { type JsonSchema, objectSchema } from '../../json-interface/values/json-form.ts';
import { PROBLEM_JSON } from './problem.ts';

/** The schema of every problem, with the members that some kinds have. Routes refer to it by its id. */
export const PROBLEM_SCHEMA: JsonSchema = {
  $id: 'Problem',
  ...objectSchema(
    {
      type: { type: 'string', description: 'urn:agent-service:problem: and the kind of the problem.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      instance: { type: 'string', description: 'The id of the request, as the log has it.' },
      field: { type: 'string', description: 'The parameter that is at fault.' },
      retry_after_ns: { type: 'string', description: 'ns after which a call is accepted again.' },
      resource: { type: 'string', description: 'What there is no more of, or the name of the limit.' },
      limit: { type: 'string', description: 'How much of it there may be.' },
      last_event_id: { type: 'string', description: 'Where a stream begins again.' },
      reject_code: { type: 'integer', description: "The network's reject code." },
      error_code: { type: 'string', description: "The network's finer code, such as IC0503." },
      outcome_unknown: {
        type: 'boolean',
        description: 'True where the call may have been executed although there is no answer.',
      },
    },
    ['type', 'title', 'status', 'detail', 'instance'],
  ),
};

/** Statuses that every route for callers with a key can answer with. */
const REFUSALS = {
  400: 'The request or an argument is not acceptable.',
  401: 'There is no API key, or it is malformed, unknown or revoked.',
  403: 'The caller may not do this; or the request comes from a page of another origin, or by a name that is not the gateway.',
  408: 'The request did not arrive in time.',
  429: 'The key, or the caller by the service, has done as much as it may. `resource` and `limit` name the limit.',
  503: 'The gateway or the service does not take the call now.',
  504: 'The service did not answer in time.',
} as const;

const RETRY_AFTER: JsonSchema = {
  'Retry-After': { type: 'string', description: 'Whole seconds after which to send the request again.' },
};

/** What a route answers when it does not do what was asked, with any other status too. */
export function problemAnswers(): Readonly<Record<string, JsonSchema>> {
  const named = Object.entries(REFUSALS).map(([status, description]): [string, JsonSchema] => [
    status,
    { ...problemAnswer(description), ...(/^(429|503)$/.test(status) && { headers: RETRY_AFTER }) },
  ]);
  return { ...Object.fromEntries(named), default: problemAnswer() };
}

/** What a route answers when it does not do what was asked. */
export function problemAnswer(description = 'A problem, as RFC 9457 has it.'): JsonSchema {
  return { description, content: { [PROBLEM_JSON]: { schema: { $ref: 'Problem#' } } } };
}
