interface Words {
  readonly title: string;
  readonly about: string;
  readonly unit: string;
}

const words: Readonly<Record<string, Words | undefined>> = {
  token_data_days: {
    title: 'Keep the grant of expired credentials',
    about: 'So long after an access token has expired, its refresh token stays usable.',
    unit: 'days',
  },
  retention_delay_hours: {
    title: 'Wait before more is removed',
    about:
      'So long after retention was made stricter, older records are still there, and the change can be taken back.',
    unit: 'hours',
  },
  unknown_callers_burst: {
    title: 'Calls in a row by unregistered callers',
    about: 'By all of them together, before they have to wait. Redeeming a link code has as many of its own.',
    unit: 'calls',
  },
  unknown_callers_per_minute: {
    title: 'Calls a minute by unregistered callers',
    about: 'By all of them together, in the long run.',
    unit: 'calls a minute',
  },
  new_users_burst: {
    title: 'New users in a row',
    about: 'User ids that are a caller’s own principal, and of whom nothing is stored yet.',
    unit: 'users',
  },
  new_users_per_minute: {
    title: 'New users a minute',
    about: 'The same, in the long run.',
    unit: 'users a minute',
  },
};

/** The page of the limits of the service as a whole. */
export const limits = {
  title: 'Service limits',
  about: 'What bounds all callers together. Limits of one caller or user are among the settings.',
  limits: words,
  none: 'This service has no limits of its own',
  noneHelp: 'A later version of it may have some.',
  changed: 'Changed',
  byDefault: (value: string) => `Default: ${value}`,
  range: (least: string, most: string) => `From ${least} to ${most}`,
  value: (title: string) => `Value of ${title}`,
  set: 'Set',
  reset: 'Reset to the default',
  setTo: (title: string, value: string) => `${title}: ${value} now`,
  notNumber: 'A whole number.',
  outside: (least: string, most: string) => `From ${least} to ${most}.`,
};
