import { expect } from 'vitest';
import type { MarkedSecrets, Markers } from '../search/markers.ts';

/** The account of the day that has a label. */
export const WORK = 'work';

/** An account of a user for GitHub: the label, or the default account. */
export type Account = typeof WORK | undefined;

/** How a caller does with secrets what agents do, for one user. Secrets go in and come out in clear. */
export interface SecretCalls {
  store(account: Account, secrets: MarkedSecrets): Promise<void>;
  /** Of the default account. */
  update(secrets: MarkedSecrets): Promise<void>;
  /** Resolves with the token. */
  lease(account: Account): Promise<string>;
  beginRefresh(account: Account): Promise<{ readonly grant: string; readonly fencing: string }>;
  completeRefresh(account: Account, fencing: string, secrets: MarkedSecrets): Promise<void>;
  revoke(account: Account): Promise<void>;
  /** Resolves with the id. */
  beginSession(token: string): Promise<string>;
  updateSession(id: string, token: string): Promise<void>;
  /** The token; absent where the caller shows none. */
  readonly sessionToken?: (id: string) => Promise<string | undefined>;
  endSession(id: string): Promise<void>;
}

/**
 * A day in which the caller stores, updates, leases, refreshes, reads, ends and revokes, each time with secrets of its own, and gets back what it stored. The account `work` and a session
 * stay, whose id it resolves with.
 */
export async function liveSecretDay(calls: SecretCalls, name: string, markers: Markers): Promise<string> {
  const [stored, updated, work, refreshed] = [
    markers.secrets(`${name}-stored`),
    markers.secrets(`${name}-updated`),
    markers.secrets(`${name}-work`),
    markers.secrets(`${name}-refreshed`),
  ];
  await calls.store(undefined, stored);
  expect(await calls.lease(undefined)).toBe(stored.token);
  await calls.update(updated);
  expect(await calls.lease(undefined)).toBe(updated.token);
  await calls.store(WORK, work);
  const { grant, fencing } = await calls.beginRefresh(WORK);
  expect(grant).toBe(work.grant);
  await calls.completeRefresh(WORK, fencing, refreshed);
  expect(await calls.lease(WORK)).toBe(refreshed.token);
  await calls.revoke(undefined);

  const begun = markers.secret(`${name}-session-begun`);
  const changed = markers.secret(`${name}-session-changed`);
  const open = markers.secret(`${name}-session-open`);
  const session = await calls.beginSession(begun);
  await expectSessionToken(calls, session, begun);
  await calls.updateSession(session, changed);
  await expectSessionToken(calls, session, changed);
  await calls.endSession(session);
  return calls.beginSession(open);
}

async function expectSessionToken(calls: SecretCalls, id: string, token: string): Promise<void> {
  if (calls.sessionToken !== undefined) expect(await calls.sessionToken(id)).toBe(token);
}
