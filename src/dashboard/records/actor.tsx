import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AgentServiceClient } from '../../client/index.ts';
import { useAgentName } from '../service/agent-name.ts';
import { useService } from '../service/service.tsx';
import { texts } from '../texts/en.ts';
import './actor.css';
import { CopyButton, Identifier, ShortId, shortened } from '../components/identifier.tsx';

/** Those who are no agents and have a name, by the texts of their principals: the reader, and the service itself. */
export function knownActors(
  { canisterId }: Pick<AgentServiceClient, 'canisterId'>,
  own: string,
): ReadonlyMap<string, string> {
  const { records } = texts;
  return new Map([
    [own, records.you],
    [canisterId.toText(), records.service],
  ]);
}

/** Who did something, by the text of their principal: an agent as a link to its page, the reader and the service itself by a name. */
export function Actor({
  principal,
  what,
  isAgent = false,
  isPlain = false,
}: {
  readonly principal: string;
  /** As in `Identifier`; without it, whoever has a name is shown by that alone. */
  readonly what?: string;
  /** Whether it is known to be an agent, which may have been removed and have no name any more. */
  readonly isAgent?: boolean;
  /** As words alone, without a link, where there is no room to press one. */
  readonly isPlain?: boolean;
}): ReactNode {
  const { client, principal: own } = useService();
  const known = knownActors(client, own).get(principal);
  const name = useAgentName(known === undefined ? principal : undefined);
  const copy = what !== undefined && <CopyButton text={principal} what={what} />;
  if (isPlain) return known ?? name ?? shortened(principal);
  if (known !== undefined) {
    return (
      <span className="actor">
        <span className="actor-name" title={principal}>
          {known}
        </span>
        {what !== undefined && <Identifier text={principal} what={what} />}
      </span>
    );
  }
  if (name === undefined && !isAgent) {
    return <Identifier text={principal} {...(what !== undefined && { what })} />;
  }
  return (
    <span className="actor">
      <Link to="/agents/$agent" params={{ agent: principal }} className="actor-name" title={principal}>
        {name ?? <ShortId text={principal} />}
      </Link>
      {name === undefined ? copy : what !== undefined && <Identifier text={principal} what={what} />}
    </span>
  );
}
