import { getRouteApi } from '@tanstack/react-router';
import { MonitorPlay } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useCursorList } from '../../lists/cursor-list.ts';
import { EXPORT_LIMIT } from '../../lists/export-file.ts';
import { ListPage } from '../../lists/list-page.tsx';
import { optionsOf, timeRange, withFilters } from '../../lists/list-search.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { textMatch } from '../../lists/text-match.ts';
import { useService } from '../../service/service.tsx';
import { eachTold } from '../../service/told-records.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { COLUMNS, FIELDS, noteOf } from './session-columns.tsx';
import { SessionPanel } from './session-panel.tsx';
import type { SessionSearch } from './session-search.ts';
import { readTold, type ToldSession } from './told-sessions.ts';

const { records, sessions } = texts;
const route = getRouteApi('/sessions');
const STATES = optionsOf(sessions.filter);

const idOf = ({ sessionId }: ToldSession): string => sessionId;

/** Who works for the user; each session can be ended. */
export function SessionsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const record = useOpenRecord();
  const [isAsking, setIsAsking] = useState(false);
  const change = (changed: SessionSearch) => void navigate(withFilters(search, changed));

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
    read: (cursor) => readTold(client, { ...request, cursor }),
    idOf,
  });
  const open = list.items.find(({ sessionId }) => sessionId === record.openId);
  const end = async ({ sessionId, createdAt, agent }: ToldSession) => {
    await client.endAgentSession(sessionId);
    showToast({ title: sessions.endedToast });
    const created = { from: createdAt, until: createdAt + 1n };
    // It has ended, whether or not it can be read again now.
    const page = await client
      .listSessions({ userId, withoutTokens: true, ...created })
      .catch(() => undefined);
    const ended = page?.items.find((session) => session.sessionId === sessionId);
    if (ended !== undefined) list.replace({ ...ended, agent });
  };
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
      <SessionPanel session={open} onEnd={() => setIsAsking(true)} onClose={record.close} />
      <ConfirmDialog
        isOpen={isAsking && open !== undefined}
        title={open === undefined ? '' : sessions.endTitle(records.agentTypes[open.agentType])}
        confirm={sessions.end}
        onConfirm={async () => {
          if (open === undefined) return;
          await end(open);
          record.close();
        }}
        onClose={() => setIsAsking(false)}
      >
        <p>{sessions.endText}</p>
      </ConfirmDialog>
    </ListPage>
  );
}

function matchOf(text: string | undefined): ((session: ToldSession) => boolean) | undefined {
  const match = textMatch(text);
  return (
    match &&
    (({ sessionId, projectId, selectedRepo, agentType }) =>
      match([sessionId, projectId, selectedRepo, records.agentTypes[agentType]]))
  );
}
