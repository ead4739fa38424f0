/** Notifications: the bell, their page, and what a person wants to hear of. */
export const notifications = {
  title: 'Notifications',
  about: 'What happened of what you asked to hear of, newest first.',
  bell: (unread: number) =>
    unread === 0 ? 'Notifications, none unread' : `Notifications, ${many(unread)} unread`,
  many,
  none: 'Nothing to tell you',
  noneHelp: 'When something happens that you asked to hear of, it is listed here.',
  all: 'All notifications',
  markRead: 'Mark all as read',
  marked: 'All notifications are marked as read',
  settings: 'What to hear of',
  settingsAbout:
    'Each kind of event can be listed, shown as a message on this page, or sent to you by the browser, also while you look at something else.',
  what: 'What happened',
  service: 'Service',
  when: 'When',
  state: 'State',
  unread: 'Unread',
  read: 'Read',
  times: (count: number) => `${count.toLocaleString('en')} times in this hour`,
  list: 'List',
  toast: 'Message',
  browser: 'Browser',
  save: 'Save',
  saved: 'Saved what you want to hear of',
  others: (count: number) =>
    count === 1
      ? 'One rule of yours is about a single service. It stays as it is.'
      : `${count} rules of yours are about single services. They stay as they are.`,
  permission: {
    default: 'Your browser has not been asked yet whether this page may notify you.',
    granted: 'Your browser lets this page notify you.',
    denied: 'Your browser does not let this page notify you. Change that in its settings for this site.',
    missing: 'This browser cannot notify you.',
  },
  allow: 'Ask the browser',
  choice: (event: string, way: string) => `${event}: ${way}`,
  groups: {
    access: 'Access',
    credentials: 'Credentials',
    sessions: 'Sessions',
    work: 'Work',
  },
};

function many(count: number): string {
  return count >= 100 ? '99+' : String(count);
}
