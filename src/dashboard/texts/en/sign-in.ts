/** The page of who is not signed in. */
export const signIn = {
  title: 'See what your agents do, and stop any of it',
  about:
    'Every session, token and action of the agents that act for you, read from the canister itself and verified in this browser.',
  points: [
    'Which agents act for you, and what each may see',
    'Every token they got, when, and why',
    'A log that nobody can edit without you noticing',
  ],
  heading: 'Sign in',
  internetIdentity: 'Continue with Internet Identity',
  internetIdentityHelp:
    'Opens a separate window. This page never sees your passkey. You are signed out after an hour.',
  development: 'On this local network',
  developmentHelp: 'Identities for development. This page gets their keys. They exist only on this network.',
  roles: { user: 'A user', agent: 'An agent', admin: 'Runs the service' },
  failed: (reason: string) => `You were not signed in: ${reason}.`,
  reasons: {
    closed: 'the window of Internet Identity was closed',
    none: 'Internet Identity gave no reason',
  },
  signedOut: {
    chosen: 'You signed out.',
    idle: 'You were signed out because nobody used the page for a while.',
    expired: 'Your hour is over. Sign in again to continue.',
  },
};
