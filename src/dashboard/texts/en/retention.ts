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
  keptForEver: 'Your records are kept until you have them removed.',
  removedNow: 'The service removes, by itself:',
  noticeTitle: 'Records of yours will be removed',
  noticeOf: (interactions: string, activities: string) =>
    `${interactions} interactions and ${activities} activities of yours go then.`,
  noticeNone: 'Nothing of yours goes then, as things are.',
  noticeUncounted: 'Records of yours may go then; there are too many to count.',
  seeData: 'See what is kept, and export it',
  ask: 'Remove records?',
  confirm: 'Save and remove',
  counting: 'Counting what goes …',
  what: 'This removes, for good:',
  counts: {
    interactions: 'Interactions',
    activities: 'Activities',
    users: 'Users concerned',
  },
  atLeast: (count: string) => `at least ${count}`,
  cut: 'There is more to count than this page counts: the numbers are the least that goes.',
  nothing: 'Nothing goes by this today. Records that come to be older, or too many, go later.',
  when: 'It takes effect',
  untilThen:
    'Until then nothing is removed, users can read what will go, and you can take it back on this page.',
  atOnce: 'This keeps no less than what is in force: it takes effect at once.',
  type: (answer: string) => `Type ${answer} to confirm`,
  word: 'remove',
  pendingTitle: 'Records will be removed',
  pendingAt: 'From',
  takeBack: 'Take back',
  takenBack: 'The pending retention is taken back',
  wait: 'Saved. What keeps less takes effect later',
};

function inDays(days: string): string {
  return days === '1' ? '1 day' : `${days} days`;
}
