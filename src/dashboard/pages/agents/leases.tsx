import { KeySquare } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AgentActivity } from '../../../client/index.ts';
import { Identifier } from '../../components/identifier.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useCursorList } from '../../lists/cursor-list.ts';
import { type Column, DataTable } from '../../lists/data-table.tsx';
import { useOpenRecord } from '../../lists/open-record.ts';
import { Actor } from '../../records/actor.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { CredentialLink } from '../../records/credential-link.tsx';
import { LeasedToken, LeaseEnd, purposeOf } from '../../records/lease-parts.tsx';
import { StoredMetadata } from '../../records/stored-metadata.tsx';
import { useService } from '../../service/service.tsx';
import { textIn } from '../../service/text-in.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

const { agents, records } = texts;

const COLUMNS: readonly Column<AgentActivity>[] = [
  {
    id: 'purpose',
    header: agents.purpose,
    cell: ({ row }) => purposeOf(row.original),
    meta: { width: 'minmax(8rem, 2fr)' },
  },
  {
    id: 'token',
    header: agents.service,
    cell: ({ row }) => <LeasedToken lease={row.original} />,
    meta: { width: 'minmax(7rem, 1fr)', hiddenOnPhone: true },
  },
  {
    id: 'agent',
    header: agents.agent,
    cell: ({ row }) => <Actor principal={row.original.actor.toText()} isAgent />,
    meta: { width: '10.5rem', hiddenOnPhone: true },
  },
  {
    id: 'until',
    header: agents.leaseEnd,
    cell: ({ row }) => <LeaseEnd lease={row.original} />,
    meta: { width: '6.5rem', align: 'end', hiddenOnPhone: true },
  },
  {
    id: 'when',
    header: agents.when,
    cell: ({ row }) => <Time ns={row.original.timestamp} />,
    meta: { width: '6.5rem', align: 'end' },
  },
];

const idOf = ({ id }: AgentActivity): string => id;

function noteOf(lease: AgentActivity): ReactNode {
  return (
    <>
      <Actor principal={lease.actor.toText()} isPlain />
      {' · '}
      {records.agentTypes[lease.agentType]}
    </>
  );
}

/** Every time that a token of the person was handed out. */
export function Leases(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const record = useOpenRecord();
  const list = useCursorList({
    queryKey: ['leases', userId],
    read: (cursor) => client.listActivities({ userId, activityType: 'TokenLeased', cursor }),
    idOf,
  });
  const shown = list.items.find((item) => idOf(item) === record.openId);
  return (
    <section className="leases" aria-labelledby="leases">
      <h2 id="leases">{agents.leases}</h2>
      <p className="muted">{agents.leasesAbout}</p>
      <DataTable
        label={agents.leases}
        columns={COLUMNS}
        phoneNote={noteOf}
        list={list}
        idOf={idOf}
        onOpen={(item) => record.open(idOf(item))}
        empty={<EmptyState icon={KeySquare} title={agents.noLeases} help={agents.noLeasesHelp} />}
      />
      <SidePanel
        isOpen={shown !== undefined}
        title={records.activityTypes.TokenLeased}
        onClose={record.close}
      >
        {shown && (
          <>
            <Facts
              facts={[
                [agents.purpose, purposeOf(shown)],
                [agents.service, <AgentTypeLabel key="type" type={shown.agentType} />],
                [
                  agents.account,
                  <CredentialLink
                    key="account"
                    agentType={shown.agentType}
                    account={textIn(shown.metadata, 'account')}
                  />,
                ],
                [
                  agents.agent,
                  <Actor key="agent" principal={shown.actor.toText()} what={agents.agent} isAgent />,
                ],
                [agents.when, <Time key="when" ns={shown.timestamp} form="absolute" />],
                [agents.leaseEnd, <LeaseEnd key="end" lease={shown} />],
                [records.id, <Identifier key="id" text={shown.id} what={records.id} />],
              ]}
            />
            <StoredMetadata json={shown.metadata} />
          </>
        )}
      </SidePanel>
    </section>
  );
}
