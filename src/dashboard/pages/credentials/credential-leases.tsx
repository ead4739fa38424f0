import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CredentialInfo } from '../../../client/index.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PanelSection } from '../../components/panel-section.tsx';
import { Time } from '../../components/time.tsx';
import { Actor } from '../../records/actor.tsx';
import { purposeOf } from '../../records/lease-parts.tsx';
import { useService } from '../../service/service.tsx';
import { textIn } from '../../service/text-in.ts';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';

const SHOWN = 5;
/** The service has no list by account: as many leases of the service as one page has are looked through. */
const LOOKED_AT = 500;

/** Which agents were handed the token of credentials last, and why. */
export function CredentialLeases({
  credential: { agentType, account },
}: {
  readonly credential: CredentialInfo;
}): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const query = useQuery({
    queryKey: ['credential-leases', userId, agentType, account],
    queryFn: async () => {
      const request = { userId, agentType, activityType: 'TokenLeased', limit: LOOKED_AT } as const;
      const { items } = await client.listActivities(request);
      return items.filter(({ metadata }) => textIn(metadata, 'account') === account).slice(0, SHOWN);
    },
  });
  const { agents, credentials } = texts;
  return (
    <PanelSection title={credentials.leases}>
      <Loaded reading={query} rows={2} empty={<p className="muted">{agents.noLeases}</p>}>
        {(data) => (
          <>
            <ol className="panel-rows">
              {data.map((lease) => (
                <li key={lease.id}>
                  <Actor principal={lease.actor.toText()} isAgent />
                  <Link to="/activities" search={{ open: lease.id, type: 'TokenLeased' }}>
                    {purposeOf(lease)}
                  </Link>
                  <span className="muted">
                    <Time ns={lease.timestamp} />
                  </span>
                </li>
              ))}
            </ol>
            <Link to="/activities" search={{ type: 'TokenLeased', service: agentType }}>
              {credentials.allLeases(texts.records.agentTypes[agentType])}
            </Link>
          </>
        )}
      </Loaded>
    </PanelSection>
  );
}
