interface Words {
  readonly title: string;
  readonly about: string;
  readonly unit: string;
}

const words: Readonly<Record<string, Words | undefined>> = {
  token_data_days: {
    title: 'Keep the grant of expired credentials',
    about: 'How long a refresh token stays usable after its access token expired.',
    unit: 'days',
  },
  retention_delay_hours: {
    title: 'Wait before more is removed',
    about:
      'How long a stricter retention waits before it removes records. Until then the change can be cancelled.',
    unit: 'hours',
  },
  derivations_burst: {
    title: 'Opening keys in a row',
    about:
      'For one agent, or one linked user, before they have to wait. Each key costs the service about 26 billion cycles.',
    unit: 'keys',
  },
  derivations_per_hour: {
    title: 'Opening keys an hour',
    about: 'The same, on average.',
    unit: 'keys an hour',
  },
  unnamed_derivations_burst: {
    title: 'Opening keys in a row for other users',
    about: 'For all users together who sign in with their own user id and whom no agent linked.',
    unit: 'keys',
  },
  unnamed_derivations_per_hour: {
    title: 'Opening keys an hour for other users',
    about: 'The same, on average.',
    unit: 'keys an hour',
  },
  derivation_reserve_cycles: {
    title: 'Cycles kept in reserve',
    about: 'With fewer cycles than this left, the service hands out no opening keys.',
    unit: 'cycles',
  },
  unknown_callers_burst: {
    title: 'Calls in a row by unregistered callers',
    about:
      'All of them together, before they have to wait. Redeeming link codes has a separate limit of the same size.',
    unit: 'calls',
  },
  unknown_callers_per_minute: {
    title: 'Calls a minute by unregistered callers',
    about: 'All of them together, on average.',
    unit: 'calls a minute',
  },
  new_users_burst: {
    title: 'New users in a row',
    about: 'User ids that are the caller’s own principal, without stored records.',
    unit: 'users',
  },
  new_users_per_minute: {
    title: 'New users a minute',
    about: 'The same, on average.',
    unit: 'users a minute',
  },
};

/** The page of the limits of the service as a whole. */
export const limits = {
  title: 'Service limits',
  about: 'Limits for all callers together. Limits of one caller or user are in the settings.',
  limits: words,
  none: 'This service has no limits of its own',
  noneHelp: 'A later version may have some.',
  changed: 'Changed',
  byDefault: (value: string) => `Default: ${value}`,
  range: (least: string, most: string) => `From ${least} to ${most}`,
  value: 'Value',
  valueOf: (title: string) => `of ${title}`,
  set: 'Set',
  reset: 'Reset to the default',
  setTo: (title: string, value: string) => `${title}: ${value} now`,
  notNumber: 'A whole number.',
  outside: (least: string, most: string) => `From ${least} to ${most}.`,
};
