import type { Principal } from '@dfinity/principal';
import type { AgentServiceClient } from '../agent-service-client.ts';
import type { AuditEntry } from '../domain-types.ts';
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
      const page = await client.getAuditEntries({ from });
      for (const entry of page.entries) {
        if (last !== undefined && entry.index > last) return;
        digest = chainDigest(digest, entry.commitment, entry.index);
        entries.push({ ...entry, digest });
      }
      onProgress?.(entries.length);
      if (page.next === undefined) return;
    }
  };
  // What is erased meanwhile names an entry before the tip that is asked for afterwards.
  await readTo(undefined);
  const { lastIndex, certificate } = await client.getAuditTip();
  if (certificate === undefined) throw new TypeError('the network gave no certificate');
  await readTo(lastIndex);
  return { canisterId: client.canisterId, entries, certificate };
}
