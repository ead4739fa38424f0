import type { Agent, Grant } from '../../../client/index.ts';

/** How an agent stands towards the person who looks at it; several can hold at once. */
export type AgentStanding =
  | 'stopped'
  | 'not_registered'
  | 'agent_expired'
  | 'grant_expired'
  | 'granted'
  | 'withdrawn'
  | 'not_granted';

const NS_PER_MS = 1_000_000n;

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
  const isOver = (end: bigint | undefined) => end !== undefined && Number(end / NS_PER_MS) <= nowMs;
  const standings: AgentStanding[] = [];
  if (isStopped) standings.push('stopped');
  if (!isRegistered) standings.push('not_registered');
  if (isOver(terms?.expiresAt)) standings.push('agent_expired');
  if (grant !== undefined) standings.push(isOver(grant.expiresAt) ? 'grant_expired' : 'granted');
  else standings.push(isWithdrawn ? 'withdrawn' : 'not_granted');
  return standings;
}
