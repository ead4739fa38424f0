import type { ReactNode } from 'react';
import { toDate } from '../../components/dates.ts';
import { Time } from '../../components/time.tsx';
import type { Column } from '../../lists/data-table.tsx';
import type { ExportFields } from '../../lists/export-file.ts';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { SessionState, stateOf } from '../../records/session-state.tsx';
import { texts } from '../../texts/en.ts';
import type { ToldSession } from './told-sessions.ts';

const { agents, lists, parts, sessions } = texts;

/** What the table of sessions shows. */
export const COLUMNS: readonly Column<ToldSession>[] = [
  {
    id: 'service',
    header: lists.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.agentType} />,
    meta: { width: 'minmax(5rem, 1fr)' },
  },
  {
    id: 'agent',
    header: agents.agent,
    cell: ({ row: { original } }) =>
      original.agent === undefined ? parts.emptyValue : <Actor principal={original.agent} isAgent />,
    meta: { width: 'minmax(8rem, 1fr)', hiddenOnPhone: true },
  },
  {
    id: 'project',
    header: sessions.project,
    cell: ({ row }) => row.original.projectId ?? parts.emptyValue,
    meta: { width: 'minmax(7rem, 1fr)', hiddenOnPhone: true },
  },
  {
    id: 'repository',
    header: sessions.repository,
    cell: ({ row }) => row.original.selectedRepo ?? parts.emptyValue,
    meta: { width: 'minmax(7rem, 1.2fr)', hiddenOnPhone: true },
  },
  {
    id: 'state',
    header: sessions.state,
    cell: ({ row }) => <SessionState session={row.original} />,
    meta: { width: '6.5rem' },
  },
  {
    id: 'last',
    header: sessions.lastActivity,
    cell: ({ row }) => <Time ns={row.original.lastActivity} />,
    meta: { width: '7rem', align: 'end', hiddenOnPhone: true },
  },
  {
    id: 'begun',
    header: sessions.begun,
    cell: ({ row }) => <Time ns={row.original.createdAt} />,
    meta: { width: '6rem', align: 'end', canGo: true },
  },
];

/** What a phone shows of a session below its service. */
export function noteOf({ agent, projectId, selectedRepo }: ToldSession): ReactNode {
  return (
    <>
      {agent !== undefined && <Actor principal={agent} isPlain />}
      {[projectId, selectedRepo].filter((part) => part !== undefined).map((part) => ` · ${part}`)}
    </>
  );
}

/** What a file of sessions holds. */
export const FIELDS: ExportFields<ToldSession> = [
  ['id', ({ sessionId }) => sessionId],
  ['service', ({ agentType }) => agentType],
  ['agent', ({ agent }) => agent],
  ['agent_name', ({ agentName }) => agentName],
  ['project', ({ projectId }) => projectId],
  ['repository', ({ selectedRepo }) => selectedRepo],
  ['state', stateOf],
  ['active', ({ isActive }) => isActive],
  ['begun', ({ createdAt }) => toDate(createdAt).toISOString()],
  ['last_activity', ({ lastActivity }) => toDate(lastActivity).toISOString()],
  ['expires', ({ expiresAt }) => toDate(expiresAt).toISOString()],
  ['ended', ({ endedAt }) => (endedAt === undefined ? undefined : toDate(endedAt).toISOString())],
];
