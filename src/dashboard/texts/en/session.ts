/** The page of one session. */
export const session = {
  title: (service: string) => `${service} session`,
  about: 'The conversation, oldest first.',
  unknown: 'There is no such session',
  unknownHelp: 'No session has this id, or you may not see it. It may have been removed.',
  toSessions: 'All sessions',
  facts: 'Session',
  conversation: 'Conversation',
  user: 'Of user',
  asked: 'Asked',
  answered: 'Answered',
  failed: 'Failed',
  none: 'Nothing was said in this session',
  noneHelp: 'When the agent stores an interaction, it appears here at once.',
  earlier: 'Show earlier ones',
  shown: (count: number, hasMore: boolean) =>
    `${hasMore ? 'The newest ' : ''}${count.toLocaleString('en')} ${count === 1 ? 'interaction' : 'interactions'}`,
  whole: (characters: number) => `Show all ${characters.toLocaleString('en')} characters`,
  shorter: 'Show less',
  open: 'Open as a conversation',
};
