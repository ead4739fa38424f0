/** The page of interactions. */
export const interactions = {
  title: 'Interactions',
  about: 'What you said to agents and what they answered, newest first.',
  result: 'Result',
  results: { yes: 'Succeeded', no: 'Failed' },
  message: 'Message',
  response: 'Answer',
  session: 'Session',
  asList: 'As a list',
  none: 'No interactions yet',
  noneHelp: 'When you talk to an agent, the conversation is listed here.',
};
