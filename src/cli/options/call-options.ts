import { InvalidArgumentError, Option } from 'commander';
import { ACTIVITY_TYPES } from '../../candid/audit-codes.ts';
import { readExactText } from '../files/exact-text.ts';
import { AGENT_TYPES, readTime } from './filters.ts';

/** An option that gives a method one of its parameters. */
export interface CallOption {
  /** The parameter's name in the interface. */
  readonly field: string;
  readonly option: Option;
  /** What the parameter is, where it is not what the option was given. */
  readonly read?: (given: unknown) => unknown;
}

const required = (option: Option): Option => option.makeOptionMandatory();
const field = (name: string, flags: string, description: string): CallOption => ({
  field: name,
  option: new Option(flags, description),
});
const file = (name: string, flags: string, description: string): CallOption => ({
  ...field(name, flags, `file of ${description}, - for standard input`),
  read: (path) => readSecret(path, name),
});

export const TYPE: CallOption = {
  field: 'agent_type',
  option: required(new Option('--type <type>', 'the agent type').choices(AGENT_TYPES)),
};
export const ACTIVITY: CallOption = {
  field: 'activity_type',
  option: required(new Option('--activity <kind>', 'what happened').choices(ACTIVITY_TYPES)),
};
export const EXPIRES: CallOption = {
  field: 'expires_at',
  option: new Option(
    '--expires <time>',
    'when the token ends, a local time such as 2026-12-31T18:30',
  ).argParser(readTime),
};
export const FAILED: CallOption = {
  ...field('success', '--failed', 'the interaction failed'),
  read: (given) => given !== true,
};
export const PROJECTS: CallOption = {
  field: 'project_ids',
  option: new Option('--project-ids <id=name...>', 'projects').argParser(addPair),
};
export const ACCOUNT = field(
  'account',
  '--account <name>',
  'account of the type; the default account if omitted',
);
export const PROJECT = field('project_id', '--project <id>', 'the project');
export const REPO = field('selected_repo', '--repo <name>', 'the repository');
export const WORKSPACE = field('workspace_id', '--workspace <id>', 'the workspace');
export const METADATA = field('metadata', '--metadata <json>', 'JSON text');
export const SESSION = field('session_id', '--session <id>', 'the open session; by default the current one');
export const MESSAGE = field('message', '--message <text>', 'what the user asked');
export const RESPONSE = field('response', '--response <text>', 'what the agent answered');
export const DESCRIPTION = field('description', '--description <text>', 'what happened, in words');
export const PURPOSE = field('purpose', '--purpose <text>', 'what the token is for; the user can read it');
export const TOKEN = file('token', '--token-file <file>', 'the token');
export const TOKEN_DATA = file('token_data', '--token-data-file <file>', 'the OAuth grant, as JSON');

/** The option, without which the command is not run. */
export function needed(each: CallOption): CallOption {
  const { flags, description } = each.option;
  return { ...each, option: required(new Option(flags, description)) };
}

/** The text of a file without its last line end, for the parameter `name`. Throws a `CommandError` where it cannot be read. */
export async function readSecret(path: unknown, name: string): Promise<string | undefined> {
  if (typeof path !== 'string') return undefined;
  return (await readExactText(path, name)).replace(/\r?\n$/, '');
}

function addPair(given: string, before: readonly (readonly [string, string])[] = []) {
  const [, id, name] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (id === undefined || name === undefined) throw new InvalidArgumentError('A project is ID=NAME.');
  return [...before, [id, name] as const];
}
