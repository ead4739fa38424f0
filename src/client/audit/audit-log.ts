import type { Principal } from '@dfinity/principal';
import type { AgentServiceClient } from '../agent-service-client.ts';
import type { AuditEntry, AuditPage, AuditTip } from '../values/service-types.ts';
import { chainDigest, GENESIS } from './audit-digests.ts';

/** An entry, and the digest of the log up to it: where a changed log goes astray, it is the first that is wrong. */
export interface ChainedEntry extends AuditEntry {
  readonly digest: Uint8Array;
}

/** A copy of the audit log that can be verified without the network. */
export interface AuditLog {
  readonly canisterId: Principal;
  readonly entries: readonly ChainedEntry[];
  /** The network's certificate of the last entry's digest. */
  readonly certificate: Uint8Array;
}

/** How a download is watched and ended. */
export interface AuditLogDownload {
  /** Called after each page with how many entries there are so far. */
  readonly onProgress?: (entries: number) => void;
  /** Ends the download before the next page; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The whole log as the client's identity may see it. It is not verified here. */
export async function downloadAuditLog(
  client: AgentServiceClient,
  { onProgress, signal }: AuditLogDownload = {},
): Promise<AuditLog> {
  const entries: ChainedEntry[] = [];
  let digest: Uint8Array = GENESIS;
  const readTo = async (last: bigint | undefined): Promise<void> => {
    for (;;) {
      const from = (entries.at(-1)?.index ?? -1n) + 1n;
      if (last !== undefined && from > last) return;
      signal?.throwIfAborted();
      const page = await entriesFrom(client, from, { isThere: last !== undefined, signal });
      for (const entry of page.entries) {
        if (last !== undefined && entry.index > last) return;
        digest = chainDigest(digest, entry.commitment, entry.index);
        entries.push({ ...entry, digest });
      }
      onProgress?.(entries.length);
      if (page.next === undefined && (last === undefined || page.entries.length === 0)) return;
    }
  };
  // What is erased meanwhile names an entry before the tip that is asked for afterwards.
  await readTo(undefined);
  const { lastIndex, certificate } = await tipFrom(client, entries.at(-1)?.index ?? 0n, signal);
  if (certificate === undefined) throw new TypeError('the network gave no certificate');
  await readTo(lastIndex);
  return { canisterId: client.canisterId, entries, certificate };
}

const ASKED = 5;
const PAUSE_MS = 1000;

/** Asks until an answer will do, or the last one: each query is answered by one machine, which may be behind the one before. */
async function patiently<T>(
  ask: () => Promise<T>,
  {
    suffices,
    signal,
  }: { readonly suffices: (answer: T) => boolean; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  for (let asked = 1; ; asked++) {
    const answer = await ask();
    if (suffices(answer) || asked === ASKED) return answer;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    signal?.throwIfAborted();
  }
}

/** A tip of at least this entry. */
export function tipFrom(client: AgentServiceClient, index: bigint, signal?: AbortSignal): Promise<AuditTip> {
  return patiently(() => client.getAuditTip(), { suffices: ({ lastIndex }) => lastIndex >= index, signal });
}

/** A page of entries from an index on; with `isThere` not an empty one, since another machine has told of it. */
export function entriesFrom(
  client: AgentServiceClient,
  from: bigint,
  { isThere, signal }: { readonly isThere: boolean; readonly signal?: AbortSignal | undefined },
): Promise<AuditPage> {
  const suffices = ({ entries }: AuditPage): boolean => !isThere || entries.length > 0;
  return patiently(() => client.getAuditEntries({ from }), { suffices, signal });
}
