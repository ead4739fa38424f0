import { HttpAgent, type HttpAgentOptions } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { ClockError } from '../errors.ts';

/** Beyond any wrong time zone: whose clock is off by more should set it. */
const MAX_OFF_MS = 24 * 60 * 60 * 1000;
/** How far the time of a certificate may be from the one at which a machine of the network answers right now. */
export const TOLERANCE_MS = 60_000;
const NS_PER_MS = 1_000_000;
const NONCE_BYTES = 16;

/**
 * By how many ms the network's clock is ahead of this machine's.
 *
 * The time is one that the root key certified. A machine in the middle could answer with a certificate of yesterday, so a node of the
 * subnet has to answer a question that was never asked before, and to sign the same time with that. Requests are anonymous: the network
 * takes these whatever their expiry is. Rejects with a `ClockError` for more than a day, and where the two times differ.
 */
export async function provenOffset(options: HttpAgentOptions, canisterId: Principal): Promise<number> {
  const agent = HttpAgent.createSync({ ...options, verifyQuerySignatures: true, retryTimes: 1 });
  // Tells what is wrong where nobody answers; syncTime itself would only note it on the console.
  await agent.readState(canisterId, { paths: [[new TextEncoder().encode('time')]] });
  await agent.syncTime(canisterId);
  if (!agent.hasSyncedTime()) throw new TypeError("the network's certificate has no time");
  const offset = agent.getTimeDiffMsecs();
  checkOffset(offset);
  const methodName = `clock_${hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))}`;
  // The canister has no such method; that it has not is signed as any answer is.
  const { signatures } = await agent.query(canisterId, { methodName, arg: new Uint8Array() });
  const answeredAt = Number(signatures?.[0]?.timestamp ?? 0n) / NS_PER_MS;
  if (Math.abs(answeredAt - (Date.now() + offset)) > TOLERANCE_MS) {
    throw new ClockError(offset, 'the network gives a time that one of its machines does not confirm');
  }
  return offset;
}

/** Throws a `ClockError` where the clocks differ by more than a day. */
export function checkOffset(offset: number): void {
  if (Math.abs(offset) > MAX_OFF_MS) throw new ClockError(offset);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
