import './operator.css';
import '../../lists/list-page.css';
import { getRouteApi } from '@tanstack/react-router';
import { SearchX, Users } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { UserInfo } from '../../../client/index.ts';
import { ShortId } from '../../components/identifier.tsx';
import { Page } from '../../components/page.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, DataTable } from '../../lists/data-table.tsx';
import { isFiltered, withFilters } from '../../lists/list-search.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { SoughtRecord } from '../../lists/sought-record.tsx';
import { texts } from '../../texts/en.ts';
import { OperatorOnly } from './operator-only.tsx';
import { useAllUsers } from './use-all-users.ts';
import { UserDetails } from './user-details.tsx';
import { inWords, LastActivity } from './user-figures.tsx';
import { UserFilters } from './user-filters.tsx';
import { searchUsers, type UserSearch } from './user-search.ts';

const { operator } = texts;
const route = getRouteApi('/operator/users');

const COLUMNS: readonly Column<UserInfo>[] = [
  {
    id: 'user',
    header: operator.user,
    cell: ({ row }) => <ShortId text={row.original.userId} />,
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
  const record = useOpenRecord();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { list, total, isCut } = useAllUsers();
  const { text, show, order, reverse } = search;
  const items = useMemo(
    () => searchUsers(list.items, { text, show, order, reverse }),
    [list.items, text, show, order, reverse],
  );
  const change = (changed: UserSearch) => void navigate(withFilters(search, changed));
  const shown = list.items.find((item) => idOf(item) === record.openId);
  return (
    <div className="list">
      <UserFilters search={search} onChange={change} onClear={() => void navigate({ search: {} })} />
      <p role="status" className="list-searched muted">
        {isCut
          ? operator.usersCut(list.items.length, total, items.length)
          : list.hasMore
            ? operator.usersReading(list.items.length, total, items.length)
            : operator.usersRead(list.items.length, items.length)}
      </p>
      <DataTable
        label={operator.users}
        columns={COLUMNS}
        // What the table would read on, is read by itself.
        list={{ ...list, items, hasMore: list.hasMore && !isCut, readMore: () => undefined }}
        idOf={idOf}
        onOpen={(item) => record.open(idOf(item))}
        empty={
          isFiltered(search) ? (
            <EmptyState icon={SearchX} title={texts.lists.noneMatch} help={operator.noUserMatches} />
          ) : (
            <EmptyState icon={Users} title={operator.noUsers} help={operator.noUsersHelp} />
          )
        }
      />
      <SidePanel isOpen={shown !== undefined} title={operator.user} onClose={record.close}>
        {shown && <UserDetails user={shown} />}
      </SidePanel>
      <SoughtRecord list={{ ...list, hasMore: list.hasMore && !isCut }} idOf={idOf} record={record} />
    </div>
  );
}
