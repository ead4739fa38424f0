import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AgentType } from '../../client/index.ts';
import { texts } from '../texts/en.ts';

/** Tells credentials apart, also in an address. */
export function credentialId(agentType: AgentType, account: string | undefined): string {
  return `${agentType} ${account ?? ''}`;
}

/** Credentials by their account, as a link to them. */
export function CredentialLink({
  agentType,
  account,
}: {
  readonly agentType: AgentType;
  /** The default account where it is undefined. */
  readonly account: string | undefined;
}): ReactNode {
  return (
    <Link to="/credentials" search={{ open: credentialId(agentType, account) }}>
      {account ?? texts.credentials.defaultAccount}
    </Link>
  );
}
