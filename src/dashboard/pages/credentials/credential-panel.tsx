import type { ReactNode } from 'react';
import type { CredentialInfo, SecretForm } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Facts, SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { CredentialStateBadge } from '../../records/credential-state.tsx';
import { SecretFormBadge } from '../../records/secret-form.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { reasonOf } from './credential-columns.tsx';
import { CredentialLeases } from './credential-leases.tsx';

const { credentials, lists, parts, records } = texts;

/** All that is known of credentials but the token; the ways to see it and to revoke it. */
export function CredentialPanel({
  credential,
  onShowToken,
  onRevoke,
  onClose,
}: {
  readonly credential: CredentialInfo | undefined;
  readonly onShowToken: () => void;
  readonly onRevoke: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { isOther } = useUser();
  const holdsSecrets =
    !isOther && credential !== undefined && !['revoked', 'expired'].includes(credential.state);
  const hasToken = credential?.state !== 'needs_refresh';
  return (
    <SidePanel
      isOpen={credential !== undefined}
      title={credential === undefined ? '' : records.agentTypes[credential.agentType]}
      footer={
        holdsSecrets && (
          <>
            {hasToken && <Button onPress={onShowToken}>{credentials.showToken}</Button>}
            <Button tone="danger" onPress={onRevoke}>
              {credentials.revoke}
            </Button>
          </>
        )
      }
      onClose={onClose}
    >
      {credential && (
        <>
          <CredentialFacts credential={credential} />
          <CredentialLeases credential={credential} />
        </>
      )}
    </SidePanel>
  );
}

function CredentialFacts({ credential }: { readonly credential: CredentialInfo }): ReactNode {
  const {
    agentType,
    account,
    state,
    stateSince,
    expiresAt,
    refreshDeadline,
    refreshFailures,
    lastFailureAt,
    workspaceId,
    selectedRepo,
    projectIds,
    createdAt,
    updatedAt,
    isPrivate,
    tokenForm,
    tokenDataForm,
  } = credential;
  return (
    <Facts
      facts={[
        [lists.service, <AgentTypeLabel key="service" type={agentType} />],
        [credentials.account, account ?? credentials.defaultAccount],
        [credentials.state, <CredentialStateBadge key="state" state={state} />],
        [credentials.since, <Time key="since" ns={stateSince} form="absolute" />],
        [credentials.reason, reasonOf(credential)],
        ...formFact(credentials.sealingOfToken, tokenForm),
        ...formFact(credentials.sealingOfGrant, tokenDataForm),
        ...(isPrivate === true
          ? [[credentials.privacy, <Badge key="privacy">{credentials.isPrivate}</Badge>] as const]
          : []),
        [
          credentials.expires,
          expiresAt === undefined ? parts.never : <Time key="expires" ns={expiresAt} form="absolute" />,
        ],
        [
          credentials.refresh,
          refreshDeadline === undefined ? (
            credentials.refreshIdle
          ) : (
            <span key="refresh">
              {credentials.refreshUntil} <Time ns={refreshDeadline} form="absolute" />
            </span>
          ),
        ],
        [
          credentials.failures,
          lastFailureAt === undefined || refreshFailures === undefined ? undefined : (
            <span key="failures">
              {credentials.failuresLast(refreshFailures)} <Time ns={lastFailureAt} form="absolute" />
            </span>
          ),
        ],
        [credentials.workspace, workspaceId],
        [credentials.repository, selectedRepo],
        [
          credentials.projects,
          projectIds.length === 0 ? undefined : projectIds.map(([id, name]) => `${name} (${id})`).join(', '),
        ],
        [credentials.stored, <Time key="stored" ns={createdAt} form="absolute" />],
        [credentials.changed, <Time key="changed" ns={updatedAt} form="absolute" />],
      ]}
    />
  );
}

/** Nothing where there is no such secret, and of a service that does not tell. */
function formFact(name: string, form: SecretForm | undefined): readonly (readonly [string, ReactNode])[] {
  return form === undefined ? [] : [[name, <SecretFormBadge key={name} form={form} />]];
}
