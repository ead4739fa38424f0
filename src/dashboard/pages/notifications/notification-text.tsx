import type { ReactNode } from 'react';
import type { Notification } from '../../../client/index.ts';
import { ActivityText } from '../../records/activity-text.tsx';
import { texts } from '../../texts/en.ts';

/** What happened, and how often where that is more than once. */
export function NotificationText({
  notification: { activity, count = 1 },
  ...how
}: {
  readonly notification: Notification;
  /** As of `ActivityText`. */
  readonly withActor?: boolean;
  readonly isPlain?: boolean;
}): ReactNode {
  return (
    <>
      <ActivityText activity={activity} {...how} />
      {count > 1 && ` · ${texts.notifications.times(count)}`}
    </>
  );
}
