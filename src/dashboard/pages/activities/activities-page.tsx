import { getRouteApi } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { AgentActivity } from '../../../client/index.ts';
import { Actor } from '../../components/actor.tsx';
import { AgentTypeLabel } from '../../components/agent-type-label.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Time, toDate } from '../../components/time.tsx';
import { EXPORT_LIMIT, type ExportFields, jsonText } from '../../lists/export-file.ts';
import { ListPage } from '../../lists/list-page.tsx';
import { isTyping, optionsOf, timeRange } from '../../lists/list-search.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { textMatch } from '../../lists/text-match.ts';
import { useCursorList } from '../../service/cursor-list.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { ActivityPanel } from './activity-panel.tsx';
import type { ActivitySearch } from './activity-search.ts';
import { wordsOf } from './activity-words.ts';
import { eachNamed, type NamedActivity } from './named-activities.ts';

const { activities, lists, records } = texts;
const route = getRouteApi('/activities');
const TYPES = optionsOf(records.activityTypes);

const COLUMNS: readonly Column<AgentActivity>[] = [
  {
    id: 'what',
    header: lists.what,
    cell: ({ row }) => records.activityTypes[row.original.activityType],
    meta: { width: 'minmax(0, 1fr)' },
  },
  {
    id: 'description',
    header: activities.description,
    cell: ({ row }) => wordsOf(row.original),
    meta: { width: 'minmax(10rem, 3fr)', hiddenOnPhone: true },
  },
  {
    id: 'service',
    header: lists.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.agentType} />,
    meta: { width: '7.5rem', hiddenOnPhone: true },
  },
  {
    id: 'actor',
    header: records.actor,
    cell: ({ row }) => <Actor principal={row.original.actor.toText()} />,
    meta: { width: '8rem', hiddenOnPhone: true },
  },
  {
    id: 'when',
    header: lists.when,
    cell: ({ row }) => <Time ns={row.original.timestamp} />,
    meta: { width: '6rem', align: 'end' },
  },
];

const FIELDS: ExportFields<NamedActivity> = [
  ['id', ({ id }) => id],
  ['time', ({ timestamp }) => toDate(timestamp).toISOString()],
  ['service', ({ agentType }) => agentType],
  ['type', ({ activityType }) => activityType],
  ['description', ({ description }) => description],
  ['actor', ({ actor }) => actor.toText()],
  ['actor_name', ({ actorName }) => actorName],
  ['metadata', ({ metadata }) => jsonText(metadata)],
];

const idOf = ({ id }: AgentActivity): string => id;

/** What agents did for the user, and what happened to what they hold. */
export function ActivitiesPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const record = useOpenRecord();
  const change = (changed: ActivitySearch) =>
    void navigate({
      search: { ...search, ...changed, open: undefined },
      replace: isTyping(search, changed),
      resetScroll: false,
    });

  const { service: agentType, type: activityType, from, until, text } = search;
  const request = { userId, agentType, activityType, ...timeRange(search) };
  const matches = useMemo(() => matchOf(text), [text]);
  const list = useCursorList({
    queryKey: ['activities', userId, agentType, activityType, from, until],
    read: (cursor) => client.listActivities({ ...request, cursor }),
    idOf,
  });
  return (
    <ListPage
      words={activities}
      icon={Activity}
      search={search}
      onSearch={change}
      onClear={() => void navigate({ search: {} })}
      filter={{
        label: activities.type,
        value: activityType,
        options: TYPES,
        onChange: (type) => change({ type }),
      }}
      file={{
        name: 'activities',
        fields: FIELDS,
        each: () => eachNamed(client, { ...request, limit: EXPORT_LIMIT }),
      }}
      columns={COLUMNS}
      list={list}
      matches={matches}
      idOf={idOf}
      record={record}
    >
      <ActivityPanel activity={list.items.find(({ id }) => id === record.openId)} onClose={record.close} />
    </ListPage>
  );
}

function matchOf(text: string | undefined): ((activity: AgentActivity) => boolean) | undefined {
  const match = textMatch(text);
  return (
    match &&
    (({ id, description, metadata, activityType }) =>
      match([id, description, metadata, records.activityTypes[activityType]]))
  );
}
