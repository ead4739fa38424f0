/** The page of the user ids that somebody owns. */
export const ids = {
  title: 'Your user ids',
  about:
    'Agents keep your records under a user id. The text of your own principal is yours from the start; any other becomes yours with a link code from the agent that uses it.',
  owned: 'What you own',
  own: 'Your own principal',
  linked: 'Linked',
  shown: 'Shown now',
  show: 'Show',
  unlink: 'Unlink',
  unlinkTitle: (userId: string) => `Unlink ${userId}?`,
  unlinkText:
    'You will no longer see its records. They stay stored, and so do its grants. You can link it again with a new code.',
  unlinked: (userId: string) => `${userId} is no longer yours`,
  codeTitle: 'Link another one',
  codeHelp: 'Ask the agent for a link code. It is valid for ten minutes and works once.',
  code: 'Link code',
  codePlaceholder: 'ABCD-EFGH-JKLM-NPQR-STUV',
  codeIncomplete: 'A code has 20 letters and digits.',
  link: 'Link',
  lookAlike: (spelled: string) => `Careful: this user id looks like another, and is ${spelled}`,
  linkedToast: (userId: string) => `${userId} is yours now`,
};
