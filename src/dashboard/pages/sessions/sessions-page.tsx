import { getRouteApi } from '@tanstack/react-router';
import { MonitorPlay } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { AgentSession } from '../../../client/index.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { doUnlessUndone } from '../../components/undoable.ts';
import { EXPORT_LIMIT } from '../../lists/export-file.ts';
import { ListPage } from '../../lists/list-page.tsx';
import { optionsOf, timeRange } from '../../lists/list-search.ts';
import { textMatch } from '../../lists/text-match.ts';
import { useCursorList } from '../../service/cursor-list.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { COLUMNS, FIELDS } from './session-columns.tsx';
import { SessionPanel } from './session-panel.tsx';
import type { SessionSearch } from './session-search.ts';

const { records, sessions } = texts;
const route = getRouteApi('/sessions');
const STATES = optionsOf(sessions.states);

const idOf = ({ sessionId }: AgentSession): string => sessionId;

/** Who works for the user; each session can be ended. */
export function SessionsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [openId, setOpenId] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);
  const change = (changed: SessionSearch) =>
    void navigate({ search: { ...search, ...changed }, replace: true, resetScroll: false });

  const { service: agentType, state, from, until, text } = search;
  const request = {
    userId,
    agentType,
    isActive: state && state === 'active',
    withoutTokens: true,
    ...timeRange(search),
  };
  const matches = useMemo(() => matchOf(text), [text]);
  const list = useCursorList({
    queryKey: ['sessions', userId, agentType, state, from, until],
    read: (cursor) => client.listSessions({ ...request, cursor }),
    idOf,
  });
  const open = list.items.find(({ sessionId }) => sessionId === openId);
  const end = ({ sessionId, createdAt }: AgentSession) =>
    doUnlessUndone({
      id: sessionId,
      title: sessions.endToast,
      failed: sessions.endFailed,
      run: async () => {
        await client.endAgentSession(sessionId);
        const created = { from: createdAt, until: createdAt + 1n };
        const { items } = await client.listSessions({ userId, withoutTokens: true, ...created });
        const ended = items.find((session) => session.sessionId === sessionId);
        if (ended !== undefined) list.replace(ended);
      },
    });
  return (
    <ListPage
      words={sessions}
      icon={MonitorPlay}
      search={search}
      onSearch={change}
      onClear={() => void navigate({ search: {} })}
      filter={{
        label: sessions.state,
        value: state,
        options: STATES,
        onChange: (state) => change({ state }),
      }}
      file={{
        name: 'sessions',
        fields: FIELDS,
        each: () => client.eachSession({ ...request, limit: EXPORT_LIMIT }),
      }}
      columns={COLUMNS}
      list={list}
      matches={matches}
      idOf={idOf}
      onOpen={setOpenId}
    >
      <SessionPanel session={open} onEnd={() => setIsAsking(true)} onClose={() => setOpenId(undefined)} />
      <ConfirmDialog
        isOpen={isAsking && open !== undefined}
        title={open === undefined ? '' : sessions.endTitle(records.agentTypes[open.agentType])}
        confirm={sessions.end}
        onConfirm={() => {
          if (open !== undefined) end(open);
          setOpenId(undefined);
          return Promise.resolve();
        }}
        onClose={() => setIsAsking(false)}
      >
        <p>{sessions.endText}</p>
      </ConfirmDialog>
    </ListPage>
  );
}

function matchOf(text: string | undefined): ((session: AgentSession) => boolean) | undefined {
  const match = textMatch(text);
  return (
    match &&
    (({ sessionId, projectId, selectedRepo, agentType }) =>
      match([sessionId, projectId, selectedRepo, records.agentTypes[agentType]]))
  );
}
