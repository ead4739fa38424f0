import type { AgentSession } from '../../../client/index.ts';
import { AgentTypeLabel } from '../../components/agent-type-label.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Time, toDate } from '../../components/time.tsx';
import type { ExportFields } from '../../lists/export-file.ts';
import { texts } from '../../texts/en.ts';
import { SessionState } from './session-state.tsx';

const { lists, parts, sessions } = texts;

/** What the table of sessions shows. */
export const COLUMNS: readonly Column<AgentSession>[] = [
  {
    id: 'service',
    header: lists.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.agentType} />,
    meta: { width: 'minmax(0, 1fr)' },
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
    meta: { width: '6rem', align: 'end' },
  },
];

/** What a file of sessions holds. */
export const FIELDS: ExportFields<AgentSession> = [
  ['id', ({ sessionId }) => sessionId],
  ['service', ({ agentType }) => agentType],
  ['project', ({ projectId }) => projectId],
  ['repository', ({ selectedRepo }) => selectedRepo],
  ['active', ({ isActive }) => isActive],
  ['begun', ({ createdAt }) => toDate(createdAt).toISOString()],
  ['last_activity', ({ lastActivity }) => toDate(lastActivity).toISOString()],
  ['expires', ({ expiresAt }) => toDate(expiresAt).toISOString()],
  ['ended', ({ endedAt }) => (endedAt === undefined ? undefined : toDate(endedAt).toISOString())],
];
