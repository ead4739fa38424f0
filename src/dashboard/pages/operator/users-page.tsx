import './operator.css';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { UserInfo } from '../../../client/index.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Identifier } from '../../components/identifier.tsx';
import { Page } from '../../components/page.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { bytesInWords } from '../../components/words.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { SoughtRecord } from '../../lists/sought-record.tsx';
import { useCursorList } from '../../service/cursor-list.ts';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { OperatorOnly, REFRESH_MS } from './operator-only.tsx';

const { operator } = texts;

const COLUMNS: readonly Column<UserInfo>[] = [
  {
    id: 'user',
    header: operator.user,
    cell: ({ row }) => <Identifier text={row.original.userId} />,
    meta: { width: 'minmax(10rem, 1.5fr)' },
  },
  ...(
    [
      ['activeSessions', operator.figures.activeSessions],
      ['credentials', operator.figures.credentials],
      ['interactions', operator.figures.interactions],
      ['bytes', operator.figures.bytes],
    ] as const
  ).map(
    ([id, header]): Column<UserInfo> => ({
      id,
      header,
      cell: ({ row }) => <span className="number">{inWords(id, row.original[id])}</span>,
      meta: { width: 'minmax(6rem, 0.7fr)', align: 'end', hiddenOnPhone: true },
    }),
  ),
  {
    id: 'last',
    header: texts.overview.lastActivity,
    cell: ({ row }) => <LastActivity ns={row.original.lastActivity} />,
    meta: { width: '7rem', align: 'end' },
  },
];

const idOf = ({ userId }: UserInfo): string => userId;

/** Those about whom something is held, and how much. */
export function UsersPage(): ReactNode {
  return (
    <Page title={operator.users} about={operator.usersAbout}>
      <OperatorOnly>
        <UserTable />
      </OperatorOnly>
    </Page>
  );
}

function UserTable(): ReactNode {
  const { client } = useService();
  const record = useOpenRecord();
  const list = useCursorList({
    queryKey: ['users'],
    read: (cursor) => client.listUsers({ cursor }),
    idOf,
  });
  const readNewest = useRef(list.readNewest);
  useEffect(() => {
    readNewest.current = list.readNewest;
  });
  useEffect(() => {
    // Where it fails, the list stays as it is until the next time.
    const timer = setInterval(() => void readNewest.current().catch(() => undefined), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const shown = list.items.find((item) => idOf(item) === record.openId);
  return (
    <>
      <DataTable
        label={operator.users}
        columns={COLUMNS}
        list={list}
        idOf={idOf}
        onOpen={(item) => record.open(idOf(item))}
        empty={<EmptyState icon={Users} title={operator.noUsers} help={operator.noUsersHelp} />}
      />
      <SidePanel isOpen={shown !== undefined} title={operator.user} onClose={record.close}>
        {shown && <UserDetails user={shown} />}
      </SidePanel>
      <SoughtRecord list={list} idOf={idOf} record={record} />
    </>
  );
}

function UserDetails({ user: { userId, owner, lastActivity } }: { readonly user: UserInfo }): ReactNode {
  const { client } = useService();
  const { data, error, refetch } = useQuery({
    queryKey: ['usage', userId],
    queryFn: () => client.getUsage(userId),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <Facts
        facts={[
          [operator.user, <Identifier key="user" text={userId} what={operator.user} />],
          [
            operator.owner,
            owner === undefined ? (
              operator.notLinked
            ) : (
              <Identifier key="owner" text={owner.toText()} what={operator.owner} />
            ),
          ],
          [texts.overview.lastActivity, <LastActivity key="last" ns={lastActivity} />],
        ]}
      />
      <section className="usage">
        <h3>{operator.used}</h3>
        {error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <LoadingState rows={5} />
        ) : (
          (['activeSessions', 'totalSessions', 'credentials', 'interactions', 'bytes'] as const).map(
            (name) => (
              <label key={name}>
                <span>{operator.limits[name]}</span>
                <span className="number muted">
                  {operator.usage(inWords(name, data[name].used), inWords(name, data[name].limit))}
                </span>
                <meter max={Math.max(1, Number(data[name].limit))} value={Number(data[name].used)} />
              </label>
            ),
          )
        )}
      </section>
    </>
  );
}

function inWords(name: string, value: bigint | number): string {
  return name === 'bytes' ? bytesInWords(BigInt(value)) : value.toLocaleString('en');
}

function LastActivity({ ns }: { readonly ns: bigint }): ReactNode {
  return ns === 0n ? texts.parts.never : <Time ns={ns} />;
}
