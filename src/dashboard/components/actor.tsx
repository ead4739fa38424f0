import { Principal } from '@dfinity/principal';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useService } from '../service/service.tsx';
import { texts } from '../texts/en.ts';
import './actor.css';
import { Identifier } from './identifier.tsx';

/** Who did something, by the text of their principal: with a name where that is an agent, the reader, or the service itself. */
export function Actor({
  principal,
  what,
}: {
  readonly principal: string;
  /** As in `Identifier`; without it, whoever has a name is shown by that alone. */
  readonly what?: string;
}): ReactNode {
  const name = useName(principal);
  if (name === undefined) return <Identifier text={principal} {...(what !== undefined && { what })} />;
  return (
    <span className="actor">
      <span className="actor-name" title={principal}>
        {name}
      </span>
      {what !== undefined && <Identifier text={principal} what={what} />}
    </span>
  );
}

function useName(principal: string): string | undefined {
  const { client, principal: own } = useService();
  const { records } = texts;
  const known = new Map([
    [own, records.you],
    [client.canisterId.toText(), records.service],
  ]).get(principal);
  const { data } = useQuery({
    queryKey: ['agent-name', principal],
    queryFn: async () => {
      const [agent] = await client.getAgentNames([Principal.fromText(principal)]);
      // A query has to have a value, also where there is no such agent.
      return agent?.name ?? null;
    },
    enabled: known === undefined,
  });
  return known ?? data ?? undefined;
}
