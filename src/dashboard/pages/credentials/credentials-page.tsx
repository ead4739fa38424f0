import { getRouteApi } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { CredentialInfo } from '../../../client/index.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { showToast } from '../../components/toasts.tsx';
import { useCursorList } from '../../lists/cursor-list.ts';
import { ListPage } from '../../lists/list-page.tsx';
import { optionsOf, withFilters } from '../../lists/list-search.ts';
import { useOpenRecord } from '../../lists/open-record.ts';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { COLUMNS, FIELDS, idOf, noteOf } from './credential-columns.tsx';
import { CredentialPanel } from './credential-panel.tsx';
import { type CredentialSearch, credentialMatch } from './credential-search.ts';
import { TokenDialog } from './token-dialog.tsx';

const { credentials, records } = texts;
const route = getRouteApi('/credentials');
const STATES = optionsOf(records.credentialStates);

/** The accounts that agents can act with; each can be revoked, and its token shown to its owner. */
export function CredentialsPage(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const record = useOpenRecord();
  const [asked, setAsked] = useState<'token' | 'revoke'>();
  const stopAsking = useCallback(() => setAsked(undefined), []);
  const change = (changed: CredentialSearch) => void navigate(withFilters(search, changed));

  const { service: agentType } = search;
  const matches = useMemo(() => credentialMatch(search), [search]);
  const read = async () => (await client.listCredentials({ userId, agentType })).toSorted(newestFirst);
  const list = useCursorList({
    queryKey: ['credentials', userId, agentType],
    read: async () => ({ items: await read(), nextCursor: undefined }),
    idOf,
  });
  const open = list.items.find((credential) => idOf(credential) === record.openId);
  const revoke = async ({ agentType: type, account }: CredentialInfo) => {
    await client.revokeCredentials({ userId, agentType: type, account });
    showToast({ title: credentials.revoked });
    // It is revoked, whether or not the list can be read again now.
    await list.readNewest().catch(() => undefined);
  };
  return (
    <ListPage
      words={credentials}
      icon={KeyRound}
      search={search}
      onSearch={change}
      onClear={() => void navigate({ search: {} })}
      filter={{
        label: credentials.state,
        value: search.state,
        options: STATES,
        onChange: (state) => change({ state }),
      }}
      file={{
        name: 'credentials',
        fields: FIELDS,
        each: async function* () {
          yield* await read();
        },
      }}
      columns={COLUMNS}
      phoneNote={noteOf}
      list={list}
      matches={matches}
      idOf={idOf}
      record={record}
    >
      <CredentialPanel
        credential={open}
        onShowToken={() => setAsked('token')}
        onRevoke={() => setAsked('revoke')}
        onClose={record.close}
      />
      {open && asked === 'token' && <TokenDialog credential={open} onClose={stopAsking} />}
      <ConfirmDialog
        isOpen={open !== undefined && asked === 'revoke'}
        title={
          open === undefined
            ? ''
            : credentials.revokeTitle(
                records.agentTypes[open.agentType],
                open.account ?? credentials.defaultAccount,
              )
        }
        confirm={credentials.revoke}
        onConfirm={async () => {
          if (open === undefined) return;
          await revoke(open);
          record.close();
        }}
        onClose={stopAsking}
      >
        <p>{credentials.revokeText}</p>
      </ConfirmDialog>
    </ListPage>
  );
}

function newestFirst(a: CredentialInfo, b: CredentialInfo): number {
  return a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0;
}
