import { isLookAlike, spelledOut } from '../../../candid/look-alikes.ts';
import type { Text } from '../../codec/index.ts';
import type { AgentPermission } from '../../models/access/rights.ts';
import type { AgentType } from '../../models/agent-type.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkName, checkSome, checkText, checkUserId } from '../../policy/validation/validation.ts';
import { type Account, checkAccount } from '../credentials/account.ts';
import { type ConsentField, type ConsentMessage, principalField, textField } from './consent-message.ts';

/** What users read before they sign each method that they may call. Arguments that the method refuses are refused here, too. */

interface UserArguments {
  readonly user_id: Text;
}

interface AgentArguments extends UserArguments {
  readonly agent: Uint8Array;
}

export function grantConsent(
  args: AgentArguments & {
    readonly agent_types: readonly AgentType[] | undefined;
    readonly permissions: readonly AgentPermission[] | undefined;
    readonly expires_at: bigint | undefined;
  },
): ConsentMessage {
  const { agent_types, permissions, expires_at } = args;
  checkSome('agent_types', agent_types);
  checkSome('permissions', permissions);
  return {
    intent: 'Grant an agent access',
    consequence:
      'The agent may use what is held about you, as far as this grant and its own registration allow. It replaces a grant that you gave it before.',
    fields: [
      ...userFields(args),
      principalField('Agent', args.agent),
      { name: 'Services', value: agent_types?.join(', ') ?? 'all' },
      { name: 'Permissions', value: permissions?.join(', ') ?? 'all: read, write, credentials' },
      { name: 'Until', value: expires_at === undefined ? 'you withdraw it' : { time: expires_at } },
    ],
  };
}

export function withdrawConsent(args: AgentArguments): ConsentMessage {
  return {
    intent: 'Withdraw an agent',
    consequence: 'Your grant to this agent ends at once.',
    fields: [...userFields(args), principalField('Agent', args.agent)],
  };
}

export function blockConsent(args: AgentArguments): ConsentMessage {
  return {
    intent: 'Stop an agent',
    consequence:
      'The agent can do nothing for you from now on, whatever you or the service let it do. Revoke tokens that it was handed before.',
    fields: [...userFields(args), principalField('Agent', args.agent)],
  };
}

export function unblockConsent(args: AgentArguments): ConsentMessage {
  return {
    intent: 'Let a stopped agent act again',
    consequence: 'The agent can do again what you and the service let it do.',
    fields: [...userFields(args), principalField('Agent', args.agent)],
  };
}

export function revokeConsent(args: Account): ConsentMessage {
  checkAccount(args);
  return {
    intent: 'Remove credentials',
    consequence: 'Your tokens for this service are removed at once. Revoke them at the service, too.',
    fields: [
      ...userFields(args),
      { name: 'Service', value: args.agent_type },
      ...(args.account === undefined ? [] : [textField('Account', args.account)]),
    ],
  };
}

export function endSessionConsent({ session_id }: { readonly session_id: Text }): ConsentMessage {
  checkName('session_id', session_id);
  return {
    intent: 'End a session',
    consequence: 'The agent can go on in a new session alone.',
    fields: [textField('Session', session_id)],
  };
}

export function redeemConsent({ code }: { readonly code: Text }): ConsentMessage {
  checkText('code', code, LIMITS.linkCodeBytes);
  return {
    intent: 'Link your identity',
    consequence:
      'Your identity becomes the owner of the user id that this code was made for, and of all that is held under it. Go on only if you got the code from an agent that works for you.',
    fields: [textField('Code', code)],
  };
}

export function unlinkConsent(args: UserArguments): ConsentMessage {
  return {
    intent: 'Unlink an identity',
    consequence:
      'Its owner can no longer see or manage what is held under this user id. Nothing is removed, and grants stay. An agent can make a code for a new owner.',
    fields: userFields(args),
  };
}

export function eraseConsent(args: UserArguments): ConsentMessage {
  return {
    intent: 'Erase a user',
    consequence:
      'All that is held under this user id is removed for good: sessions, credentials, interactions, activities and grants. Revoke tokens at their services, too.',
    fields: userFields(args),
  };
}

/** The user_id, and what it is made of where it can be taken for another. */
function userFields({ user_id }: UserArguments): ConsentField[] {
  checkUserId('user_id', user_id);
  const field = textField('User id', user_id);
  if (!isLookAlike(user_id.value)) return [field];
  return [
    field,
    { name: 'Careful: it looks like another user id, and is', value: spelledOut(user_id.value) },
  ];
}
