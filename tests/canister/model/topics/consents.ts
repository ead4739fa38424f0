import { isLookAlike, spelledOut } from '../../../../src/candid/look-alikes.ts';
import type { Arguments } from '../arguments.ts';
import { checkName, checkText, checkUserId, someOf } from '../checks.ts';
import { PERMISSIONS, Refused, TYPES } from '../state.ts';

type Field = readonly [name: string, value: string | { readonly time: bigint }];

interface Signed {
  readonly intent: string;
  /** Refuses what the method would refuse whatever is stored. */
  readonly fields: (args: Arguments) => readonly Field[];
}

/** What users read before they sign a call. */
const SIGNED: { readonly [method: string]: Signed } = {
  grant_agent: {
    intent: 'Grant an agent access',
    fields: (args) => {
      const { agent, agent_types, permissions, expires_at } = args;
      someOf('agent_types', TYPES, agent_types);
      someOf('permissions', PERMISSIONS, permissions);
      return [
        ...userFields(args),
        ['Agent', agent],
        ['Services', agent_types?.join(', ') ?? 'all'],
        ['Permissions', permissions?.join(', ') ?? 'all: read, write, credentials'],
        ['Until', expires_at === null ? 'you withdraw it' : { time: expires_at }],
      ];
    },
  },
  withdraw_agent: {
    intent: 'Withdraw an agent',
    fields: (args) => [...userFields(args), ['Agent', args.agent]],
  },
  block_agent: {
    intent: 'Stop an agent',
    fields: (args) => [...userFields(args), ['Agent', args.agent]],
  },
  unblock_agent: {
    intent: 'Let a stopped agent act again',
    fields: (args) => [...userFields(args), ['Agent', args.agent]],
  },
  revoke_credentials: {
    intent: 'Remove credentials',
    fields: (args) => {
      const { account, agent_type } = args;
      checkText('account', account, 64);
      const label: Field[] = account === null ? [] : [['Account', account]];
      return [...userFields(args), ['Service', agent_type ?? ''], ...label];
    },
  },
  end_agent_session: {
    intent: 'End a session',
    fields: ({ session_id }) => {
      checkName('session_id', session_id);
      return [['Session', session_id ?? '']];
    },
  },
  redeem_link_code: {
    intent: 'Link your identity',
    fields: ({ code }) => {
      checkText('code', code, 64);
      return [['Code', code]];
    },
  },
  unlink_user: { intent: 'Unlink an identity', fields: (args) => userFields(args) },
  erase_user: { intent: 'Erase a user', fields: (args) => userFields(args) },
};

/** A consent message without the sentences in it; of an error its kind. */
export function consentMessage({ method, signed, user_preferences }: Arguments, methods: readonly string[]) {
  if (!methods.includes(method)) return { Err: 'UnsupportedCanisterCall' };
  const message = SIGNED[method];
  if (message === undefined) return { Err: 'ConsentMessageUnavailable' };
  if (signed === undefined) return { Err: 'UnsupportedCanisterCall' };
  const { device_spec, metadata } = user_preferences;
  const isText = device_spec !== 'FieldsDisplay';
  const offset = metadata.utc_offset_minutes ?? 0;
  try {
    // Every argument of the method is there.
    const fields = message.fields(signed as Arguments);
    const tellsTime = isText && fields.some(([, value]) => typeof value !== 'string');
    const shown = fields.map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
        : isText
          ? timeText(value.time, offset)
          : `${value.time / 1_000_000_000n} s`,
    ]);
    const told = { language: 'en', utc_offset_minutes: tellsTime ? offset : null };
    return { Ok: { intent: message.intent, fields: shown, metadata: told } };
  } catch (error) {
    if (error instanceof Refused) return { Err: 'UnsupportedCanisterCall' };
    throw error;
  }
}

/** What a message that is shown as a text says. */
export function readMarkdown(text: string) {
  const [title = '', , ...parts] = text.split('\n\n');
  const fields = parts.map((part) => {
    const [, name = '', value = ''] = /^\*\*(.*):\*\* {2}\n`([^`]*)`$/.exec(part) ?? [];
    return [name, value] as const;
  });
  return { intent: title.replace(/^# /, ''), fields };
}

/** Invisible characters are spelled out in every field, and a user id that looks like another one is said to be one. */
function userFields({ user_id }: Arguments): readonly Field[] {
  checkUserId(user_id);
  const field: Field = ['User id', user_id.replace(/\p{Cf}/gu, escaped)];
  if (!isLookAlike(user_id)) return [field];
  return [field, ['Careful: it looks like another user id, and is', spelledOut(user_id)]];
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

function timeText(time: bigint, minutes: number): string {
  const local = new Date(Number(time / 1_000_000n) + minutes * 60_000).toISOString();
  const zone = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
  const offset = minutes === 0 ? '' : `${minutes < 0 ? '-' : '+'}${zone}`;
  return `${local.slice(0, 10)} ${local.slice(11, 16)} UTC${offset}`;
}
