import type { Retention } from '../../../client/index.ts';

/** Which records go by a number of the retention: of every user, and as the user reads it of their own. */
const ofUsers: Readonly<Record<keyof Retention, (number: string) => string>> = {
  interactionsDays: (days) => `Interactions older than ${inDays(days)}`,
  interactionsNewest: (count) => `Interactions of a user beyond the newest ${count}`,
  activitiesDays: (days) => `Activities older than ${inDays(days)}`,
  activitiesNewest: (count) => `Activities of a user beyond the newest ${count}`,
};

const ofYours: Readonly<Record<keyof Retention, (number: string) => string>> = {
  interactionsDays: (days) => `Your interactions older than ${inDays(days)}`,
  interactionsNewest: (count) => `Your interactions beyond the newest ${count}`,
  activitiesDays: (days) => `Your activities older than ${inDays(days)}`,
  activitiesNewest: (count) => `Your activities beyond the newest ${count}`,
};

/** What users read of it, and what operators read before records are removed, and while a removal waits. */
export const retention = {
  ofUsers,
  ofYours,
  title: 'What is kept',
  keptForEver: 'Your records are kept until you erase them.',
  removedNow: 'The service removes, by itself:',
  noticeTitle: 'Records of yours will be removed',
  noticeOf: (interactions: string, activities: string) =>
    `${interactions} of your interactions and ${activities} of your activities will be removed.`,
  noticeNone: 'Currently none of your records would be removed.',
  noticeUncounted: 'Some of your records may be removed; there are too many to count.',
  seeData: 'See how long records are kept, and export them',
  ask: 'Remove records?',
  confirm: 'Save and remove',
  counting: 'Counting records to remove …',
  what: 'This removes, for good:',
  counts: {
    interactions: 'Interactions',
    activities: 'Activities',
    users: 'Users concerned',
  },
  atLeast: (count: string) => `at least ${count}`,
  cut: 'There is more to count than this page counts: at least these numbers are removed.',
  nothing: 'Nothing would be removed today. Records that become too old, or too many, are removed later.',
  when: 'It takes effect',
  untilThen:
    'Until then nothing is removed, users see what will be removed, and you can cancel it on this page.',
  atOnce: 'This keeps at least as much as now, so it takes effect at once.',
  type: (answer: string) => `Type ${answer} to confirm`,
  word: 'remove',
  pendingTitle: 'Records will be removed',
  pendingAt: 'From',
  takeBack: 'Cancel the change',
  takenBack: 'The pending retention is cancelled',
  wait: 'Saved. Stricter numbers take effect later',
};

function inDays(days: string): string {
  return days === '1' ? '1 day' : `${days} days`;
}
