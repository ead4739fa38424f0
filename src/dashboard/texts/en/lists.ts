/** What the pages of sessions, credentials, interactions and activities say in common. */
export const lists = {
  service: 'Service',
  from: 'From',
  until: 'Until',
  text: 'Text',
  clearFilter: (name: string) => `Remove the filter: ${name}`,
  when: 'When',
  what: 'What happened',
  anyText: 'Any text in it',
  noneMatch: 'Nothing matches',
  noneMatchHelp: 'No stored record passes these filters. Remove one, or all of them.',
  notThere: 'No record with this address is shown. It may have been removed, or a filter hides it.',
  metadata: 'Metadata',
  searched: (found: number, read: number, isOver: boolean) =>
    `Looked for in this browser, in what it has read: ${found.toLocaleString('en')} of ${read.toLocaleString('en')} so far${isOver ? '. That is all there is.' : '; it reads on until the page is full.'}`,
  exporting: (count: number) => `Reading all that matches: ${count.toLocaleString('en')} so far`,
  exported: (count: number) => `Exported ${count.toLocaleString('en')}`,
  exportFailed: 'Nothing was exported',
};
