import type { Notification } from '../../../client/index.ts';
import { wordsOf } from '../../records/activity-words.ts';
import { texts } from '../../texts/en.ts';

const HOUR_NS = 3_600_000_000_000n;

/** What tells a notification apart: the group, which grows as failures come in its hour, or the one activity. */
export function idOf({ activity, unread, count }: Notification): string {
  if (count === undefined) return activity.id;
  const { activityType, agentType, actor, timestamp } = activity;
  return [activityType, agentType, actor.toText(), timestamp / HOUR_NS, unread ? 'unread' : 'read'].join(' ');
}

/** What happened, and how often where that is more than once. */
export function wordsWithCount({ activity, count = 1 }: Notification): string {
  const words = wordsOf(activity);
  return count === 1 ? words : `${words} · ${texts.notifications.times(count)}`;
}

/**
 * Whether a notification is to be told: a group that was told is told again when there are twice as many failures, so that sixty of them make six messages.
 * `told` has the count at which each was told.
 */
export function isNews(item: Notification, told: Map<string, number>): boolean {
  const { count } = item;
  if (count === undefined) return true;
  const id = idOf(item);
  const before = told.get(id) ?? 0;
  // One that was read begins anew.
  if (count >= before && count < before * 2) return false;
  told.set(id, count);
  return true;
}
