/** The page of all that is held about a user. */
export const yourData = {
  title: 'Your data',
  about: 'Export all records about you, or erase them.',
  exportTitle: 'Export your data',
  exportText:
    'One JSON file with your profile, grants, credentials, sessions, interactions and activities. It contains no tokens.',
  export: 'Export all as JSON',
  exporting: (pages: number, records: number) =>
    `${pages === 1 ? '1 page read' : `${pages.toLocaleString('en')} pages read`}${records === 0 ? '' : `, ${records.toLocaleString('en')} large records fetched one by one`}`,
  exportedWithout: (count: number) =>
    count === 1
      ? 'The file lacks the texts of one record, which could not be read:'
      : `The file lacks the texts of ${count.toLocaleString('en')} records, which could not be read:`,
  moreMissing: (count: number) => `and ${count.toLocaleString('en')} more, which the file names`,
  exported: 'Your data is in the file',
  exportFailed: 'Nothing was exported',
  eraseTitle: 'Erase your data',
  eraseText:
    'Removes all records, credentials and grants of this user id for good. Agents lose their access to it at once.',
  erase: 'Erase everything',
  eraseAsk: (userId: string) => `Erase everything of ${userId}?`,
  eraseWarning:
    'Nobody can restore it. The log keeps a fingerprint of each entry, without its content. Export your data first if you want to keep it.',
  eraseType: 'Type the user id to confirm',
  erased: 'Everything was erased',
};
