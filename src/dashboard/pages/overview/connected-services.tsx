import { useQuery } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { CredentialStateBadge } from '../../records/credential-state.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { ToList } from './to-list.tsx';

/** The services whose credentials are stored, with the state and the expiry of each. */
export function ConnectedServices(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const query = useQuery({
    queryKey: ['credentials', userId],
    queryFn: () => client.listCredentials({ userId }),
  });
  const { overview } = texts;
  return (
    <Card title={overview.services} link={<ToList path="/credentials" />}>
      <Loaded
        reading={query}
        empty={<EmptyState icon={Unplug} title={overview.noServices} help={overview.noServicesHelp} />}
      >
        {(data) => (
          <ul className="rows">
            {data.map(({ agentType, account, state, expiresAt }) => (
              <li key={`${agentType} ${account ?? ''}`}>
                <span>
                  <AgentTypeLabel type={agentType} />
                  {account !== undefined && <span className="muted"> {account}</span>}
                </span>
                <span className="rows-end">
                  {expiresAt !== undefined && (
                    <span className="muted">
                      <Time ns={expiresAt} />
                    </span>
                  )}
                  <CredentialStateBadge state={state} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
