import type { Agent, Grant } from '../../../client/index.ts';
import { isPast } from '../../components/dates.ts';

/** How an agent stands towards the person who looks at it; several can hold at once. */
export type AgentStanding =
  | 'stopped'
  | 'not_registered'
  | 'agent_expired'
  | 'grant_expired'
  | 'granted'
  | 'withdrawn'
  | 'not_granted';

/** How it stands, what matters most first. */
export function standingsOf({
  isRegistered,
  isStopped,
  grant,
  isWithdrawn,
  terms,
  nowMs,
}: {
  readonly isRegistered: boolean;
  readonly isStopped: boolean;
  readonly grant: Grant | undefined;
  readonly isWithdrawn: boolean;
  /** What it was registered with, where the reader may know it. */
  readonly terms: Pick<Agent, 'expiresAt'> | undefined;
  readonly nowMs: number;
}): readonly AgentStanding[] {
  const standings: AgentStanding[] = [];
  if (isStopped) standings.push('stopped');
  if (!isRegistered) standings.push('not_registered');
  if (isPast(terms?.expiresAt, nowMs)) standings.push('agent_expired');
  if (grant !== undefined) standings.push(isPast(grant.expiresAt, nowMs) ? 'grant_expired' : 'granted');
  else standings.push(isWithdrawn ? 'withdrawn' : 'not_granted');
  return standings;
}
