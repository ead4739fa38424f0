import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';

/** A command, the method that it calls, and how it says the method's parameters. */
export interface CommandRow {
  readonly command: string;
  readonly method: string;
  /** By the parameter: an option, or `''` for the argument. */
  readonly says: Readonly<Record<string, string>>;
  readonly also?: readonly string[];
}

const USER = { user_id: '' };
const ACCOUNT = { ...USER, agent_type: '--type', account: '--account' };
const TEXTS = {
  message: '--message',
  response: '--response',
  description: '--description',
  purpose: '--purpose',
};
const PRINCIPAL = { agent: '' };

/** Every command that takes an id. */
export const COMMANDS: readonly CommandRow[] = [
  { command: 'status', method: 'get_agent_status', says: USER },
  { command: 'sessions list', method: 'list_sessions', says: USER },
  { command: 'sessions show', method: 'get_agent_session', says: { session_id: '' } },
  { command: 'sessions begin', method: 'create_session', says: { ...USER, agent_type: '--type' } },
  {
    command: 'sessions update',
    method: 'update_agent_session',
    says: { session_id: '', project_id: '--project' },
  },
  { command: 'sessions end', method: 'end_agent_session', says: { session_id: '' } },
  { command: 'credentials list', method: 'list_credentials', says: USER },
  { command: 'credentials store', method: 'store_credentials', says: { ...ACCOUNT, token: '--token-file' } },
  {
    command: 'credentials update',
    method: 'update_agent_credentials',
    says: { ...ACCOUNT, token: '--token-file' },
  },
  { command: 'credentials revoke', method: 'revoke_credentials', says: ACCOUNT },
  { command: 'credentials lease', method: 'lease_agent_credentials', says: { ...ACCOUNT, ...TEXTS } },
  {
    command: 'credentials private',
    method: 'set_account_privacy',
    says: { ...USER, agent_type: '--type', account: '--account' },
    also: ['on'],
  },
  { command: 'seal', method: 'list_unsealed_secrets', says: { 'filter.user_id': '' } },
  { command: 'interactions list', method: 'list_interactions', says: { ...USER, session_id: '--session' } },
  { command: 'interactions show', method: 'get_agent_interaction', says: { interaction_id: '' } },
  {
    command: 'interactions add',
    method: 'store_interaction',
    says: { ...USER, ...TEXTS, agent_type: '--type', session_id: '--session' },
  },
  { command: 'grants list', method: 'list_grants', says: USER },
  { command: 'grants add', method: 'grant_agent', says: { ...USER, ...PRINCIPAL } },
  { command: 'grants remove', method: 'withdraw_agent', says: { ...USER, ...PRINCIPAL } },
  { command: 'usage', method: 'get_usage', says: USER },
  { command: 'retention', method: 'get_user_retention', says: USER },
  { command: 'analytics', method: 'get_user_analytics', says: USER },
  { command: 'activities list', method: 'list_activities', says: USER },
  {
    command: 'activities log',
    method: 'log_activity',
    says: { ...USER, ...TEXTS, agent_type: '--type', activity_type: '--activity' },
  },
  {
    command: 'events',
    method: 'get_events',
    says: { 'filter.user_id': '--user', after: '--after' },
  },
  { command: 'agents add', method: 'add_agent', says: { ...PRINCIPAL, name: '--name' } },
  { command: 'agents remove', method: 'remove_agent', says: PRINCIPAL },
  { command: 'blocks list', method: 'list_blocked_agents', says: USER },
  { command: 'blocks add', method: 'block_agent', says: { ...USER, ...PRINCIPAL } },
  { command: 'blocks remove', method: 'unblock_agent', says: { ...USER, ...PRINCIPAL } },
  { command: 'export', method: 'export_user', says: USER },
  { command: 'erase', method: 'erase_user', says: USER, also: ['--yes'] },
  { command: 'admins add', method: 'add_admin', says: { admin: '' } },
  { command: 'admins remove', method: 'remove_admin', says: { admin: '' } },
  { command: 'limits show-agent', method: 'get_agent_limits', says: PRINCIPAL },
  { command: 'limits set-agent', method: 'set_agent_limits', says: PRINCIPAL, also: ['--bytes', '9'] },
  { command: 'links create', method: 'create_link_code', says: USER },
  { command: 'links redeem', method: 'redeem_link_code', says: { code: '' } },
  { command: 'links unlink', method: 'unlink_user', says: USER },
  { command: 'refresh begin', method: 'begin_token_refresh', says: ACCOUNT },
  {
    command: 'refresh complete',
    method: 'complete_token_refresh',
    says: { ...ACCOUNT, fencing: '--fencing' },
    also: ['--failed', '503'],
  },
];

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The words of a command for these values; parameters that it does not say are left out. */
export function commandWith(
  { command, says, also = [] }: CommandRow,
  values: JsonObject,
  directory: string,
): readonly string[] {
  const words = command.split(' ');
  for (const [parameter, word] of Object.entries(says)) {
    const [field = '', inner] = parameter.split('.');
    const outer = values[field];
    const value = inner === undefined ? outer : (outer as JsonObject | undefined)?.[inner];
    if (value === undefined) continue;
    if (word.endsWith('-file')) {
      const file = join(directory, 'given-token');
      writeFileSync(file, textOf(value));
      words.push(word, file);
    } else words.push(...(word === '' ? [] : [word]), textOf(value));
  }
  return [...words, ...also];
}
