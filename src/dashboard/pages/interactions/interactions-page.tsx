import { getRouteApi } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
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
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { SessionLink } from '../../records/session-link.tsx';
import { SuccessBadge } from '../../records/success-badge.tsx';
import { useService } from '../../service/service.tsx';
import { eachTold } from '../../service/told-records.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { InteractionPanel } from './interaction-panel.tsx';
import type { InteractionSearch } from './interaction-search.ts';
import { readTold, type ToldInteraction } from './told-interactions.ts';

const { interactions, lists } = texts;
const route = getRouteApi('/interactions');
const RESULTS = optionsOf(interactions.results);

const COLUMNS: readonly Column<ToldInteraction>[] = [
  {
    id: 'message',
    header: interactions.message,
    cell: ({ row }) => row.original.message,
    meta: { width: 'minmax(5rem, 1fr)' },
  },
  {
    id: 'response',
    header: interactions.response,
    cell: ({ row }) => row.original.response,
    meta: { width: 'minmax(10rem, 1.6fr)', hiddenOnPhone: true },
  },
  {
    id: 'service',
    header: lists.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.agentType} />,
    meta: { width: '7.5rem', hiddenOnPhone: true },
  },
  {
    id: 'agent',
    header: texts.agents.agent,
    cell: ({ row: { original } }) =>
      original.agent === undefined ? texts.parts.emptyValue : <Actor principal={original.agent} isAgent />,
    meta: { width: '8rem', hiddenOnPhone: true },
  },
  {
    id: 'result',
    header: interactions.result,
    cell: ({ row }) => <SuccessBadge success={row.original.success} />,
    meta: { width: '6.5rem' },
  },
  {
    id: 'when',
    header: lists.when,
    cell: ({ row }) => <Time ns={row.original.timestamp} />,
    meta: { width: '5.5rem', align: 'end', canGo: true },
  },
];

const FIELDS: ExportFields<ToldInteraction> = [
  ['id', ({ id }) => id],
  ['time', ({ timestamp }) => toDate(timestamp).toISOString()],
  ['service', ({ agentType }) => agentType],
  ['agent', ({ agent }) => agent],
  ['agent_name', ({ agentName }) => agentName],
  ['session', ({ sessionId }) => sessionId],
  ['success', ({ success }) => success],
  ['message', ({ message }) => message],
  ['response', ({ response }) => response],
  ['metadata', ({ metadata }) => jsonText(metadata)],
];

const idOf = ({ id }: ToldInteraction): string => id;

/** What the user said to agents, and what they answered. */
export function InteractionsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const record = useOpenRecord();
  const change = (changed: InteractionSearch) => void navigate(withFilters(search, changed));

  const { service: agentType, success, session: sessionId, from, until, text, agent } = search;
  const request = {
    userId,
    agentType,
    sessionId,
    success: success && success === 'yes',
    ...timeRange(search),
  };
  const matches = useMemo(() => matchOf(text, agent), [text, agent]);
  const list = useCursorList({
    queryKey: ['interactions', userId, agentType, sessionId, success, from, until],
    read: (cursor) => readTold(client, { ...request, cursor }),
    idOf,
  });
  return (
    <ListPage
      words={interactions}
      icon={MessagesSquare}
      search={search}
      onSearch={change}
      onClear={() => void navigate({ search: {} })}
      filter={{
        label: interactions.result,
        value: success,
        options: RESULTS,
        onChange: (success) => change({ success }),
      }}
      chips={
        <>
          {agent !== undefined && (
            <FilterChip name={texts.agents.agent} onClear={() => change({ agent: undefined })}>
              <Actor principal={agent} isAgent />
            </FilterChip>
          )}
          {sessionId !== undefined && (
            <FilterChip name={interactions.session} onClear={() => change({ session: undefined })}>
              <SessionLink sessionId={sessionId} />
            </FilterChip>
          )}
        </>
      }
      file={{
        name: 'interactions',
        fields: FIELDS,
        each: () =>
          eachTold(client, (cursor) => readTold(client, { ...request, limit: EXPORT_LIMIT, cursor })),
      }}
      columns={COLUMNS}
      phoneNote={noteOf}
      list={list}
      matches={matches}
      idOf={idOf}
      record={record}
    >
      <InteractionPanel
        interaction={list.items.find(({ id }) => id === record.openId)}
        onClose={record.close}
      />
    </ListPage>
  );
}

function noteOf({ agent, agentType }: ToldInteraction): ReactNode {
  return (
    <>
      {agent !== undefined && (
        <>
          <Actor principal={agent} isPlain />
          {' · '}
        </>
      )}
      {texts.records.agentTypes[agentType]}
    </>
  );
}

function matchOf(
  text: string | undefined,
  agent: string | undefined,
): ((interaction: ToldInteraction) => boolean) | undefined {
  const match = textMatch(text);
  if (match === undefined && agent === undefined) return undefined;
  return (interaction) =>
    (agent === undefined || interaction.agent === agent) &&
    (match === undefined ||
      match([interaction.id, interaction.message, interaction.response, interaction.metadata]));
}
