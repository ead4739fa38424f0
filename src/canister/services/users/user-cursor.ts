import type { Text } from '../../codec/index.ts';
import { invalidArgument } from '../../models/agent-error.ts';

/** The number of the user with whom a page begins, the newest one unless told; InvalidArgument for a cursor that no page gave. */
export function firstUser(cursor: Text | undefined, newest: number): number {
  if (cursor === undefined) return newest;
  const user = /^[1-9][0-9]{0,9}$/.test(cursor.value) ? Number(cursor.value) : 0;
  if (user < 1 || user > newest)
    throw invalidArgument('cursor', 'must be the next_cursor of an earlier page');
  return user;
}
