import {
  type CallToolResult,
  fromJsonSchema,
  type JsonSchemaValidator,
  type jsonSchemaValidator,
  type McpServer,
} from '@modelcontextprotocol/server';
import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import { HIDDEN_FIELDS } from '../../json-interface/methods/hidden-fields.ts';
import { type ServiceMethod, serviceMethod } from '../../json-interface/methods/service-method.ts';
import {
  type JsonSchema,
  type NamedForm,
  objectSchema,
  recordSchema,
} from '../../json-interface/values/json-form.ts';
import { SchemaChecks, type ValueCheck } from '../../json-interface/values/schema-check.ts';
import { ProblemError } from '../problems/problem.ts';
import { problemOf } from '../problems/problem-of.ts';
import { boundedAnswer } from './bounded-answer.ts';
import { cutHint, nextStep, summaryOf } from './hints.ts';
import type { ModelView } from './model-view.ts';
import { TOOL_TABLE, type ToolRow } from './tool-table.ts';

/** The parameter of reading tools that goes on in long texts. */
const TEXTS_FROM = 'texts_from';

const TEXTS_FROM_SCHEMA: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description:
    'Shows long texts from this character on, where an answer says that they are cut. 0 when left out.',
};

const CUT_SCHEMA: JsonSchema = {
  ...objectSchema({
    field: { type: 'string' },
    characters: { type: 'integer' },
    next_texts_from: { type: 'integer' },
  }),
  description: 'There where long texts are cut: the longest, and what texts_from is to be for the next part.',
};

/** The library's own refusal names neither the field nor what is allowed, and is no problem: `answer` checks arguments. */
const UNCHECKED: jsonSchemaValidator = {
  getValidator<T>(): JsonSchemaValidator<T> {
    return (input) => ({ valid: true, data: input as T, errorMessage: undefined });
  },
};

const CHECKS = new SchemaChecks();

/** Words of what a model does not see. */
const HIDDEN = new RegExp(`\\b(${[...HIDDEN_FIELDS].join('|')})s?\\b`, 'i');

/** Made once: the HTTP endpoint makes a server for each request. */
const TOOLS = TOOL_TABLE.map(toolOf);

/** Adds the tools, which answer `{"result": …}` as HTTP does, without secrets, and in parts where that is long. */
export function addTools(server: McpServer, caller: Caller, view: ModelView): void {
  for (const { name, config, outputSchema, method, check } of TOOLS) {
    const shown = view.results === 'structured' ? { ...config, outputSchema } : config;
    server.registerTool(name, shown, (values) => answer({ caller, method, check, view }, values));
  }
}

function toolOf({ name, title, effect }: ToolRow) {
  const method = serviceMethod(name, HIDDEN_FIELDS);
  return {
    name,
    method,
    check: CHECKS.of(inputSchema(method, method.parameters), { whole: 'arguments' }),
    config: {
      title,
      description: descriptionOf(method),
      inputSchema: fromJsonSchema<JsonObject>(inputSchema(method, method.documented), UNCHECKED),
      annotations: {
        readOnlyHint: effect === 'reads',
        destructiveHint: effect === 'changes',
        // What changes a record brings it into the same state again, or is refused.
        idempotentHint: effect !== 'adds',
        // It knows nothing but its own records.
        openWorldHint: false,
      },
    },
    outputSchema: fromJsonSchema(
      objectSchema({ result: method.answer?.schema ?? { type: 'null' }, cut: CUT_SCHEMA }, ['result']),
    ),
  };
}

/** What the interface says of a method, without the sentences about what a model does not see. */
function descriptionOf({ name, doc }: ServiceMethod): string {
  const sentences = doc?.text.split(/(?<=\.) /) ?? [];
  return sentences.filter((sentence) => !HIDDEN.test(sentence)).join(' ') || name;
}

function inputSchema(method: ServiceMethod, parameters: readonly NamedForm[]): JsonSchema {
  const schema = recordSchema(parameters);
  if (!method.isQuery) return schema;
  // A record's schema has its fields there.
  const properties = schema['properties'] as JsonSchema;
  return { ...schema, properties: { ...properties, [TEXTS_FROM]: TEXTS_FROM_SCHEMA } };
}

interface Answering {
  readonly caller: Caller;
  readonly method: ServiceMethod;
  readonly check: ValueCheck;
  readonly view: ModelView;
}

async function answer(
  { caller, method, check, view }: Answering,
  given: JsonObject,
): Promise<CallToolResult> {
  try {
    const fault = check(given);
    if (fault !== undefined) throw new ProblemError('InvalidRequest', fault.message, { field: fault.field });
    const { [TEXTS_FROM]: textsFrom = 0, ...values } = given;
    const { characters } = view;
    const bounded = await boundedAnswer({ caller, method, values, textsFrom: Number(textsFrom), characters });
    if (view.results === 'text') {
      const texts = [JSON.stringify(bounded), ...(bounded.cut === undefined ? [] : [cutHint(bounded.cut)])];
      return { content: texts.map((text) => ({ type: 'text', text })) };
    }
    return { content: [{ type: 'text', text: summaryOf(bounded) }], structuredContent: { ...bounded } };
  } catch (error) {
    const problem = problemOf(error, { isUpdate: !method.isQuery });
    const text = JSON.stringify({ ...problem, next_step: nextStep(problem) });
    return { isError: true, content: [{ type: 'text', text }] };
  }
}
