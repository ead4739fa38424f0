import { getRouteApi } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { AgentActivity } from '../../../client/index.ts';
import { toDate } from '../../components/dates.ts';
import { Time } from '../../components/time.tsx';
import { useCursorList } from '../../lists/cursor-list.ts';
import type { Column } from '../../lists/data-table.tsx';
import { EXPORT_LIMIT, type ExportFields, jsonText } from '../../lists/export-file.ts';
import { FilterChip } from '../../lists/filter-chip.tsx';
import { ListPage } from '../../lists/list-page.tsx';
import { optionsOf, timeRange, withFilters } from '../../lists/list-search.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { textMatch } from '../../lists/text-match.ts';
import { ActivityText } from '../../records/activity-text.tsx';
import { toldBy, wordsOf } from '../../records/activity-words.ts';
import { Actor, knownActors } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { ActivityPanel } from './activity-panel.tsx';
import type { ActivitySearch } from './activity-search.ts';
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
    cell: ({ row }) => <ActivityText activity={row.original} />,
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
  ['description', wordsOf],
  ['account', (activity) => toldBy(activity).account],
  ['purpose', (activity) => toldBy(activity).purpose],
  ['until', (activity) => isoTime(toldBy(activity).until)],
  ['about_agent', (activity) => toldBy(activity).agent],
  ['about_agent_name', ({ agentName }) => agentName],
  ['session', (activity) => toldBy(activity).sessionId],
  ['interaction', (activity) => toldBy(activity).interactionId],
  ['actor', ({ actor }) => actor.toText()],
  ['actor_name', ({ actorName }) => actorName],
  ['metadata', ({ metadata }) => jsonText(metadata)],
];

function isoTime(ns: bigint | undefined): string | undefined {
  return ns === undefined ? undefined : toDate(ns).toISOString();
}

const idOf = ({ id }: AgentActivity): string => id;

/** What agents did for the user, and what happened to what they hold. */
export function ActivitiesPage(): ReactNode {
  const { client, principal } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const record = useOpenRecord();
  const change = (changed: ActivitySearch) => void navigate(withFilters(search, changed));

  const { service: agentType, type: activityType, from, until, text, agent } = search;
  const request = { userId, agentType, activityType, ...timeRange(search) };
  const matches = useMemo(() => matchOf(text, agent), [text, agent]);
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
      chips={
        agent !== undefined && (
          <FilterChip name={texts.agents.agent} onClear={() => change({ agent: undefined })}>
            <Actor principal={agent} isAgent />
          </FilterChip>
        )
      }
      file={{
        name: 'activities',
        fields: FIELDS,
        each: () => eachNamed(client, { ...request, limit: EXPORT_LIMIT }, knownActors(client, principal)),
      }}
      columns={COLUMNS}
      phoneNote={noteOf}
      list={list}
      matches={matches}
      idOf={idOf}
      record={record}
    >
      <ActivityPanel activity={list.items.find(({ id }) => id === record.openId)} onClose={record.close} />
    </ListPage>
  );
}

function noteOf(activity: AgentActivity): ReactNode {
  return <ActivityText activity={activity} withActor isPlain />;
}

function matchOf(
  text: string | undefined,
  agent: string | undefined,
): ((activity: AgentActivity) => boolean) | undefined {
  const match = textMatch(text);
  if (match === undefined && agent === undefined) return undefined;
  return (activity) =>
    (agent === undefined || activity.actor.toText() === agent) &&
    (match === undefined ||
      match([
        activity.id,
        activity.description,
        wordsOf(activity),
        activity.metadata,
        records.activityTypes[activity.activityType],
      ]));
}
