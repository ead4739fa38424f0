import type { Problem } from '../problems/problem.ts';
import type { BoundedAnswer } from './bounded-answer.ts';

/** What a model does about a problem, by its kind. */
const NEXT: Readonly<Record<string, string>> = {
  NotFound:
    'Check the id: list_sessions, list_interactions and list_activities give the ids of a user. Do not ask again with the same id.',
  Unauthorized: 'Do not try again: the user or an admin has to allow it first. Tell the user.',
  InvalidArgument: 'Correct the named field, then call again.',
  InvalidRequest: 'Correct the named field, then call again.',
  SealedSecretForOthers: 'Do not try again: the user or an admin has to allow it first. Tell the user.',
  SealedSecretReplaced: 'Read the record again.',
  Conflict: 'Read the record again: its state does not allow this.',
  Expired: 'It has expired: begin a new one.',
  QuotaExceeded: 'Do not try again: tell the user that the limit is reached.',
  RateLimited: 'Wait as long as retry_after_ns says, then call again.',
  TemporarilyUnavailable: 'Wait a few seconds, then call again.',
  AnswerTooLarge: 'Ask for less: a smaller limit, or a filter.',
};
const LOOK_FIRST = 'The call may have been executed. Check with a reading tool before you call again.';
const ELSE = 'Tell the user. Call again later if it is still needed.';

/** What to do next about a problem, in the words of a model's tools. */
export function nextStep({ type, outcome_unknown }: Problem): string {
  if (outcome_unknown === true) return LOOK_FIRST;
  return NEXT[type.replace(/^.*:/, '')] ?? ELSE;
}

/** What there is to say of an answer besides itself. */
export function summaryOf({ result, cut }: BoundedAnswer): string {
  const page = result as { readonly items?: readonly unknown[]; readonly next_cursor?: string | null } | null;
  const parts = ['The result is in structuredContent.'];
  if (Array.isArray(page?.items)) parts.push(`Records: ${page.items.length}.`);
  if (typeof page?.next_cursor === 'string') parts.push('For more, call again with cursor = next_cursor.');
  if (cut !== undefined) parts.push(cutHint(cut));
  return parts.join(' ');
}

/** How the rest of cut texts is read. */
export function cutHint({ field, characters, next_texts_from }: NonNullable<BoundedAnswer['cut']>): string {
  return `Texts are cut: ${field} has ${characters} characters. To read on, call again with the same arguments and texts_from = ${next_texts_from}.`;
}
