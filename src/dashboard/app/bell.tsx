import { Link } from '@tanstack/react-router';
import { Bell as BellIcon } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { Time } from '../components/time.tsx';
import { idOf } from '../pages/notifications/notification-groups.ts';
import { useMarkAllRead, useNewestNotifications } from '../pages/notifications/notification-queries.ts';
import { NotificationText } from '../pages/notifications/notification-text.tsx';
import { useNotifier } from '../pages/notifications/notifier.ts';
import { isRemovalUnread, pendingRemoval } from '../records/pending-removal.ts';
import { RemovalNotice } from '../records/removal-notice.tsx';
import { useUserRetention } from '../records/use-user-retention.ts';
import { useUser } from '../service/user.tsx';
import { texts } from '../texts/en.ts';

/** How many notifications are unread, and the newest ones. */
export function Bell(): ReactNode {
  useNotifier();
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useNewestNotifications();
  const { markAllRead, isPending } = useMarkAllRead();
  const { notifications, records } = texts;
  const { userId } = useUser();
  const removal = pendingRemoval(useUserRetention().data);
  const unread = (data?.unread ?? 0) + (removal !== undefined && isRemovalUnread(userId, removal) ? 1 : 0);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <AriaButton className="icon-button bell" aria-label={notifications.bell(unread)}>
        <BellIcon size={18} strokeWidth={1.8} aria-hidden />
        {unread > 0 && <span className="bell-count">{notifications.many(unread)}</span>}
      </AriaButton>
      <Popover className="popover bell-popover" placement="bottom end">
        <Dialog>
          <header className="bell-head">
            <Heading slot="title">{notifications.title}</Heading>
            {unread > 0 && (
              <Button tone="quiet" isPending={isPending} onPress={markAllRead}>
                {notifications.markRead}
              </Button>
            )}
          </header>
          <RemovalNotice onFollow={() => setIsOpen(false)} />
          {data?.items.length === 0 && removal === undefined && (
            <p className="bell-none">{notifications.none}</p>
          )}
          <ul className="rows">
            {data?.items.map((item) => (
              <li key={idOf(item)} data-unread={item.unread}>
                <span className="rows-text">
                  <strong>{records.activityTypes[item.activity.activityType]}</strong>
                  <span className="muted">
                    <NotificationText notification={item} withActor />
                  </span>
                </span>
                <span className="rows-end muted">
                  <Time ns={item.activity.timestamp} />
                </span>
              </li>
            ))}
          </ul>
          <footer className="bell-foot">
            <Link to="/notifications" onClick={() => setIsOpen(false)}>
              {notifications.all}
            </Link>
            <Link to="/notifications/settings" onClick={() => setIsOpen(false)}>
              {notifications.settings}
            </Link>
          </footer>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
