import { Link } from '@tanstack/react-router';
import { BellOff, CheckCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Notification } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useCursorList } from '../../lists/cursor-list.ts';
import { type Column, DataTable } from '../../lists/data-table.tsx';
import { useOpenRecord } from '../../lists/open-record.ts';
import { SoughtRecord } from '../../lists/sought-record.tsx';
import { ActivityDetails } from '../../records/activity-details.tsx';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { RemovalNotice } from '../../records/removal-notice.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { idOf } from './notification-groups.ts';
import { useMarkAllRead } from './notification-queries.ts';
import { NotificationText } from './notification-text.tsx';

const { notifications, records } = texts;

const COLUMNS: readonly Column<Notification>[] = [
  {
    id: 'what',
    header: notifications.what,
    cell: ({ row }) => records.activityTypes[row.original.activity.activityType],
    meta: { width: 'minmax(6rem, 1fr)' },
  },
  {
    id: 'description',
    header: texts.parts.details,
    cell: ({ row }) => <NotificationText notification={row.original} />,
    meta: { width: 'minmax(10rem, 2.5fr)', hiddenOnPhone: true },
  },
  {
    id: 'service',
    header: notifications.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.activity.agentType} />,
    meta: { width: '8rem', hiddenOnPhone: true },
  },
  {
    id: 'actor',
    header: records.actor,
    cell: ({ row }) => <Actor principal={row.original.activity.actor.toText()} />,
    meta: { width: '8rem', hiddenOnPhone: true },
  },
  {
    id: 'state',
    header: notifications.state,
    cell: ({ row }) =>
      row.original.unread ? <Badge tone="warn">{notifications.unread}</Badge> : notifications.read,
    meta: { width: '5rem' },
  },
  {
    id: 'when',
    header: notifications.when,
    cell: ({ row }) => <Time ns={row.original.activity.timestamp} />,
    meta: { width: '5.5rem', align: 'end', canGo: true },
  },
];

function noteOf(notification: Notification): ReactNode {
  return <NotificationText notification={notification} withActor isPlain />;
}

/** What happened of what the person asked to hear of. */
export function NotificationsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const { markAllRead, isPending } = useMarkAllRead();
  const record = useOpenRecord();
  const list = useCursorList({
    queryKey: ['notifications', userId],
    read: (cursor) => client.listNotifications({ userId, cursor }),
    idOf,
  });
  const shown = list.items.find((item) => idOf(item) === record.openId);
  return (
    <Page
      title={notifications.title}
      about={notifications.about}
      actions={
        <>
          <Link to="/notifications/settings">{notifications.settings}</Link>
          <Button icon={CheckCheck} isPending={isPending} onPress={markAllRead}>
            {notifications.markRead}
          </Button>
        </>
      }
    >
      <RemovalNotice />
      <DataTable
        label={notifications.title}
        columns={COLUMNS}
        phoneNote={noteOf}
        list={list}
        idOf={idOf}
        onOpen={(item) => record.open(idOf(item))}
        empty={<EmptyState icon={BellOff} title={notifications.none} help={notifications.noneHelp} />}
      />
      <SidePanel
        isOpen={shown !== undefined}
        title={shown === undefined ? '' : records.activityTypes[shown.activity.activityType]}
        onClose={record.close}
      >
        {shown && <ActivityDetails activity={shown.activity} />}
      </SidePanel>
      <SoughtRecord list={list} idOf={idOf} record={record} />
    </Page>
  );
}
