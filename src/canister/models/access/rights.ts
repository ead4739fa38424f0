import { AGENT_TYPE_ROOM, agentTypes } from '../agent-type.ts';
import { type CodedEnumeration, codedEnumeration } from '../coded-enumeration.ts';

/** What an agent may do with records: see them, make and change them, and see the tokens in them. Codes are stored. */
export const agentPermissions = codedEnumeration(['read', 'write', 'credentials']);
export type AgentPermission = (typeof agentPermissions.names)[number];

/** Whether an agent acts for every user, or for those who granted it. Codes are stored. */
export const agentScopes = codedEnumeration(['every_user', 'granted_users']);
export type AgentScope = (typeof agentScopes.names)[number];

/** Several options of an enumeration: one bit each, by its code. */
export type Mask = number;

/** Every agent type, those to come included. */
export const ALL_TYPES: Mask = 2 ** AGENT_TYPE_ROOM - 1;

export const ALL_PERMISSIONS = maskOf(agentPermissions, agentPermissions.names);

/** The agent types that there are today. */
const KNOWN_TYPES = maskOf(agentTypes, agentTypes.names);

export function maskOf<N extends string>(options: CodedEnumeration<N>, names: readonly N[]): Mask {
  return names.reduce((mask, name) => mask | bitOf(options.codeOf(name)), 0);
}

export function bitOf(code: number): Mask {
  return 1 << code;
}

/** The codes of the options in a mask, in their order. */
export function codesIn<N extends string>(options: CodedEnumeration<N>, mask: Mask): number[] {
  return options.names.map((_name, code) => code).filter((code) => (mask & bitOf(code)) !== 0);
}

/** The names of the options in a mask, in their order. */
export function namesIn<N extends string>(options: CodedEnumeration<N>, mask: Mask): N[] {
  return codesIn(options, mask).map((code) => options.nameOf(code));
}

export function holdsEveryType(mask: Mask): boolean {
  return (mask & KNOWN_TYPES) === KNOWN_TYPES;
}

/** What a caller may do with one user's records: agent types for each permission. */
export interface Rights {
  readonly read: Mask;
  readonly write: Mask;
  /** Whose tokens the caller may have; those of the others come back empty. */
  readonly secrets: Mask;
  /** Whether the caller is the user, or an agent that acts for every user: a setting decides whether queries show tokens to others, too. */
  readonly firstParty: boolean;
  /** Whether the records are about the caller. */
  readonly owns: boolean;
}

export const NO_RIGHTS: Rights = { read: 0, write: 0, secrets: 0, firstParty: false, owns: false };

/** Whether a record is as one that is not there to whoever has these. */
export function isHidden({ read, write, secrets, owns }: Rights): boolean {
  return (read | write | secrets) === 0 && !owns;
}

/** Whether a private account keeps its token and its grant from the caller: an agent for every user. */
export function isKeptFrom(
  { firstParty, owns }: Rights,
  { isPrivate }: { readonly isPrivate: boolean },
): boolean {
  return isPrivate && firstParty && !owns;
}

/** Of a user on their own records. What is written there, agents write. */
export const OWNERS_RIGHTS: Rights = {
  read: ALL_TYPES,
  write: 0,
  secrets: ALL_TYPES,
  firstParty: true,
  owns: true,
};
