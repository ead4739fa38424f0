import type { ReactNode } from 'react';
import type { AgentActivity } from '../../client/index.ts';
import { Time } from '../components/time.tsx';
import { textIn } from '../service/text-in.ts';
import { texts } from '../texts/en.ts';
import { AgentTypeLabel } from './agent-type-label.tsx';

const { agents } = texts;

/** Which token was handed out: of which service, and which account there. */
export function LeasedToken({
  lease: { agentType, metadata },
}: {
  readonly lease: AgentActivity;
}): ReactNode {
  const account = textIn(metadata, 'account');
  return (
    <>
      <AgentTypeLabel type={agentType} />
      {account !== undefined && <span className="muted"> {account}</span>}
    </>
  );
}

/** Until when an agent said that it needs a token. */
export function LeaseEnd({ lease: { metadata } }: { readonly lease: AgentActivity }): ReactNode {
  const until = textIn(metadata, 'until');
  return until !== undefined && /^\d{1,20}$/.test(until) ? (
    <Time ns={BigInt(until)} />
  ) : (
    texts.parts.emptyValue
  );
}

/** What the agent said that it needs the token for; an agent that refreshes says nothing. */
export function purposeOf({ metadata, description }: AgentActivity): string {
  if (textIn(metadata, 'fencing') !== undefined) return agents.refresh;
  return textIn(metadata, 'purpose') ?? description;
}
