import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../../src/cli/program.ts';
import { NotFoundError } from '../../../src/client/errors.ts';
import type { ServiceMethod } from '../../../src/json-interface/methods/service-method.ts';
import type { JsonCall } from './json-calls.ts';

/** How the terminal says what a method does: the command, and the parameter that is its argument. */
const COMMANDS: Readonly<Record<string, readonly [command: string, about: string]>> = {
  create_agent_session: ['sessions begin', 'user_id'],
  update_agent_session: ['sessions update', 'session_id'],
  end_agent_session: ['sessions end', 'session_id'],
  get_agent_session: ['sessions show', 'session_id'],
  get_user_agent_sessions: ['sessions', 'user_id'],
  store_agent_credentials: ['credentials store', 'user_id'],
  update_agent_credentials: ['credentials update', 'user_id'],
  store_agent_interaction: ['interactions add', 'user_id'],
  get_agent_interaction: ['interactions show', 'interaction_id'],
  get_user_agent_interactions: ['interactions', 'user_id'],
  get_agent_type_interactions: ['interactions', 'user_id'],
  log_agent_activity: ['activities log', 'user_id'],
  get_agent_status: ['status', 'user_id'],
};

const OPTIONS: Readonly<Record<string, string>> = {
  agent_type: '--type',
  project_id: '--project',
  selected_repo: '--repo',
  workspace_id: '--workspace',
  metadata: '--metadata',
  message: '--message',
  response: '--response',
  activity_type: '--activity',
  description: '--description',
  limit: '--limit',
};

/** Where a command finds the service, and leaves what it is not to be told in its words. */
export interface Terminal {
  readonly directory: string;
  readonly pem: string;
  /** What commands print, piece by piece. */
  readonly printed: () => string;
}

/** Calls by commands with --json, in this process. */
export function terminalCaller({ directory, pem, printed }: Terminal): JsonCall {
  const fileOf = (name: string, content: string): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const optionOf = ([name, value]: [string, unknown]): readonly string[] => {
    if (name === 'success') return value === true ? [] : ['--failed'];
    if (name === 'token') return ['--token-file', fileOf('token', String(value))];
    if (name === 'token_data') return ['--token-data-file', fileOf('token-data', String(value))];
    if (name === 'project_ids') {
      const pairs = (value as string[][]).map((pair) => pair.join('='));
      return pairs.length === 0 ? [] : ['--project-ids', ...pairs];
    }
    if (name === 'expires_at') {
      return ['--expires', new Date(Number(BigInt(String(value)) / 1_000_000n)).toISOString()];
    }
    const option = OPTIONS[name];
    if (option === undefined) throw new Error(`the terminal has no word for ${name}`);
    return [option, String(value)];
  };
  return async (method, values) => {
    const [command, about] = COMMANDS[method.name] ?? [];
    if (command === undefined || about === undefined)
      throw new Error(`there is no command for ${method.name}`);
    const { [about]: subject, ...others } = values;
    const place = ['--directory', directory, '--identity', pem, '--json'];
    const words = [...command.split(' '), String(subject), ...Object.entries(others).flatMap(optionOf)];
    try {
      await (await createProgram()).parseAsync([...words, ...place], { from: 'user' });
    } catch (error) {
      // A record that is not there cannot be shown.
      if (method.isQuery && error instanceof NotFoundError) return null;
      throw error;
    }
    return answerOf(method, JSON.parse(printed()));
  };
}

/** A record is printed as it is, an id by its name, and nothing as what names the record that was changed. */
function answerOf({ isQuery, answer }: ServiceMethod, json: unknown): unknown {
  if (isQuery) return json;
  return answer?.schema['type'] === 'string' ? Object.values(Object(json))[0] : null;
}
