import { invalidArgument } from '../../models/agent-error.ts';
import type { AccountPlace } from '../../storage/credentials/credential-store.ts';

/** Where a list of all of a user's accounts begins. */
export const FIRST_ACCOUNT: AccountPlace = { typeCode: 0, slot: 0 };

/** The cursor of a page of accounts: code of the agent type, a point, slot. */
export function encodeAccountCursor({ typeCode, slot }: AccountPlace): string {
  return `${typeCode}.${slot}`;
}

export function decodeAccountCursor(cursor: string): AccountPlace {
  const [, typeCode, slot] = /^([0-9]{1,3})\.([0-9]{1,3})$/.exec(cursor) ?? [];
  if (typeCode === undefined || slot === undefined) {
    throw invalidArgument('cursor', 'must be the next_cursor of an earlier page');
  }
  return { typeCode: Number(typeCode), slot: Number(slot) };
}
