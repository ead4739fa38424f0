import { type JsonSchema, objectSchema } from '../json/json-form.ts';
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
      resource: { type: 'string', description: 'What there is no more of.' },
      limit: { type: 'string', description: 'How much of it there may be.' },
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

/** What a route answers when it does not do what was asked. */
export function problemAnswer(): JsonSchema {
  return {
    description: 'A problem, as RFC 9457 has it.',
    content: { [PROBLEM_JSON]: { schema: { $ref: 'Problem#' } } },
  };
}
