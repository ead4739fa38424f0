import {
  type CompleteResourceTemplateCallback,
  type McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
  type Variables,
} from '@modelcontextprotocol/server';
import { AGENT_TYPES } from '../../candid/audit-codes.ts';
import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import { HIDDEN_FIELDS } from '../../json-interface/methods/hidden-fields.ts';
import { serviceMethod } from '../../json-interface/methods/service-method.ts';
import { problemOf } from '../problems/problem-of.ts';
import { type BoundedAnswer, boundedAnswer, type Question } from './bounded-answer.ts';
import { cutHint, nextStep } from './hints.ts';
import type { ModelView } from './model-view.ts';

/** Something that can be read of a user, by the parts of its URI after the user's. */
interface UserResource {
  readonly name: string;
  /** In braces are parameters of the method. */
  readonly path: string;
  readonly method: string;
  readonly title: string;
}

const RESOURCES: readonly UserResource[] = [
  {
    name: 'sessions',
    path: 'sessions',
    method: 'list_sessions',
    title: 'The newest sessions of a user',
  },
  {
    name: 'session',
    path: 'sessions/{session_id}',
    method: 'get_agent_session',
    title: 'A session of a user',
  },
  {
    name: 'interactions',
    path: 'interactions',
    method: 'list_interactions',
    title: 'The newest interactions of a user',
  },
  {
    name: 'interactions-of-type',
    path: 'interactions/{agent_type}',
    method: 'list_interactions',
    title: 'The newest interactions of a user with one agent type',
  },
  {
    name: 'activities',
    path: 'activities',
    method: 'list_activities',
    title: "The newest entries of a user's audit trail",
  },
  {
    name: 'status',
    path: 'status',
    method: 'get_agent_status',
    title: 'The status of a user',
  },
];

/** What the protocol lets a server propose at once. */
const MOST_PROPOSALS = 100;

/** Adds what is stored of users as resources, `agent-service://users/{user_id}/interactions` and its like, with completion. */
export function addResources(server: McpServer, caller: Caller, { characters }: ModelView): void {
  const complete = completions(caller);
  for (const { name, path, method: methodName, title } of RESOURCES) {
    const method = serviceMethod(methodName, HIDDEN_FIELDS);
    const template = new ResourceTemplate(`agent-service://users/{user_id}/${path}`, {
      list: undefined,
      complete,
    });
    const mimeType = 'application/json';
    server.registerResource(name, template, { title, mimeType }, async (uri, variables) => {
      const values = valuesOf(variables);
      const { agent_type } = values ?? {};
      const isAsked = agent_type === undefined || AGENT_TYPES.some((type) => type === agent_type);
      if (values === undefined || !isAsked) throw new ResourceNotFoundError(uri.href);
      const { result, cut } = await read({ caller, method, values, textsFrom: 0, characters }, uri);
      if (!isOf(result, values['user_id'])) throw new ResourceNotFoundError(uri.href);
      const texts = [
        result,
        ...(cut === undefined ? [] : [{ cut, next_step: `${cutHint(cut)} The tool is ${methodName}.` }]),
      ];
      return { contents: texts.map((each) => ({ uri: uri.href, mimeType, text: JSON.stringify(each) })) };
    });
  }
}

/** What the parts of a URI stand for; undefined where one is no text. */
function valuesOf(variables: Variables): Readonly<Record<string, string>> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(variables).map(([field, value]) => [field, decodeURIComponent(String(value))]),
    );
  } catch {
    return undefined;
  }
}

/** Reads what there is; what the service refuses is told as tools tell it. */
async function read(question: Question, uri: URL): Promise<BoundedAnswer> {
  try {
    return await boundedAnswer(question);
  } catch (error) {
    const problem = problemOf(error, { isUpdate: false });
    if (problem.status === 404) throw new ResourceNotFoundError(uri.href);
    throw new Error(JSON.stringify({ ...problem, next_step: nextStep(problem) }));
  }
}

/** Whether a record is the user's; a page names no user. */
function isOf(answer: unknown, userId: string | undefined): boolean {
  if (answer === null) return false;
  const { user_id = userId } = answer as JsonObject;
  return user_id === userId;
}

function completions(caller: Caller): Readonly<Record<string, CompleteResourceTemplateCallback>> {
  const listSessions = serviceMethod('list_sessions', HIDDEN_FIELDS);
  return {
    agent_type: (begun) => AGENT_TYPES.filter((type) => startsWith(type, begun)),
    session_id: async (begun, context) => {
      const user_id = context?.arguments?.['user_id'];
      if (user_id === undefined) return [];
      // By the interface it answers a page.
      const { items } = (await caller.call(listSessions, { user_id, limit: MOST_PROPOSALS })) as {
        items: readonly { session_id: string }[];
      };
      return items.map(({ session_id }) => session_id).filter((id) => startsWith(id, begun));
    },
  };
}

function startsWith(text: string, begun: string): boolean {
  return text.toLowerCase().startsWith(begun.toLowerCase());
}
