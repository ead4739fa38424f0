/** The page of all that is held about a user. */
export const yourData = {
  title: 'Your data',
  about: 'Take all that is held about you with you, or have it removed.',
  exportTitle: 'Take it with you',
  exportText:
    'One JSON file with your profile, grants, credentials, sessions, interactions and activities. There are no tokens in it.',
  export: 'Export all as JSON',
  exporting: (pages: number) => (pages === 1 ? '1 page read' : `${pages} pages read`),
  exported: 'Your data is in the file',
  exportFailed: 'Nothing was exported',
  eraseTitle: 'Have it removed',
  eraseText:
    'Removes all records, credentials and grants of this user id for good. Agents lose their access to it at once.',
  erase: 'Erase everything',
  eraseAsk: (userId: string) => `Erase everything of ${userId}?`,
  eraseWarning:
    'Nothing of it can be brought back, by you or by us. The log keeps a fingerprint of each entry, without its content. Export your data first if you want to keep it.',
  eraseType: 'Type the user id to confirm',
  erased: 'Everything was erased',
};
