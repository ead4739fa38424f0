import { Principal } from '@dfinity/principal';
import type { Model, User } from '../state.ts';

/** What a record takes beside its texts, at most: ids of other records, times, numbers, lengths, a salt and a commitment. */
const MOST_BESIDE = 256n;

/**
 * How the stored bytes of a user cannot be; undefined where they can. How long a record's form is, no document says: it holds its texts, and not much more. So the rest
 * cannot change by much from one look to the next, either.
 */
export function bytesDiffer(m: Model, userId: string, bytes: bigint): string | undefined {
  const user = m.users.find((each) => each.user_id === userId);
  if (user === undefined) return `${userId} is nobody, and has ${bytes} bytes`;
  const records = textsOf(user);
  const least = records.flat().reduce((sum, text) => sum + BigInt(lengthOf(text)), 0n);
  const most = least + MOST_BESIDE * BigInt(records.length);
  if (bytes < least || bytes > most)
    return `${userId} has ${bytes} bytes, and records of ${least} to ${most}`;
  const now = { beside: bytes - least, records: records.length, entries: m.log.length };
  const before = user.measured ?? now;
  user.bytes = bytes;
  user.measured = now;
  // With an entry of the log comes one record more at most.
  const changed = 2 * (now.entries - before.entries) + Math.abs(now.records - before.records);
  const moved = now.beside - before.beside;
  if (moved <= MOST_BESIDE * BigInt(changed) && -moved <= MOST_BESIDE * BigInt(changed)) return undefined;
  return `the bytes of ${userId} moved by ${moved} beside those of the texts, in ${changed} changes`;
}

type Text = string | null | Uint8Array;

/** The texts of each record. */
function textsOf({ user_id, sessions, interactions, activities, accounts }: User): Text[][] {
  const stored = [...accounts.values()].flat().filter((account) => account !== undefined);
  return [
    ...sessions.map(({ session_id, token, project_id, selected_repo }) => [
      user_id,
      session_id,
      token,
      project_id,
      selected_repo,
    ]),
    ...interactions.map(({ id, message, response, metadata, session_id }) => [
      user_id,
      id,
      message,
      response,
      metadata,
      session_id,
    ]),
    ...activities.map(({ description, metadata, actor }) => [
      user_id,
      description,
      metadata,
      Principal.fromText(actor).toUint8Array(),
    ]),
    ...stored.map(
      ({ account, token, token_data, workspace_id, project_ids, selected_repo, state_reason }) => [
        user_id,
        account,
        token,
        token_data,
        workspace_id,
        selected_repo,
        state_reason,
        ...project_ids.flat(),
      ],
    ),
  ];
}

function lengthOf(text: Text): number {
  if (text === null) return 0;
  return typeof text === 'string' ? Buffer.byteLength(text) : text.length;
}
