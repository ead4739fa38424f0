import type { AgentServiceClient } from '../agent-service-client.ts';
import type { AuditTip } from '../values/service-types.ts';
import { chainDigest, GENESIS } from './audit-digests.ts';
import { isSame } from './audit-history.ts';
import { entriesFrom, tipFrom } from './audit-log.ts';
import { AuditLogError } from './audit-log-error.ts';
import { type SignedTip, verifyAuditTip } from './audit-tip.ts';

/** How a tip is downloaded. */
export interface AuditTipDownload {
  /** A tip that was kept before: only later entries are read, and are checked to continue it. */
  readonly since?: SignedTip | undefined;
  /** The network's public key, DER; the Internet Computer's unless told. */
  readonly rootKey?: Uint8Array | undefined;
  /** As in AuditExpectations. */
  readonly now?: bigint | undefined;
}

/** A tip of now, and whether it continues the one of before. */
export interface DownloadedTip {
  readonly tip: SignedTip;
  /** Why it does not; the tip is evidence then, and worth keeping. */
  readonly contradiction: AuditLogError | undefined;
}

/**
 * The tip of the service's log, verified. For everybody; reads what came since the earlier tip, or else the digests of the whole log. Rejects with
 * an AuditLogError where there is no log, or its entries are not what the network certified.
 */
export async function downloadAuditTip(
  client: AgentServiceClient,
  { since, rootKey, now }: AuditTipDownload = {},
): Promise<DownloadedTip> {
  const expected = { canisterId: client.canisterId, rootKey, now };
  const before = since && (await verifyAuditTip(since, expected));
  const current = await tipFrom(client, since?.index ?? 0n);
  const certificate = certificateIn(current);
  if (since === undefined || before === undefined) {
    const tip = await chained(client, { current, certificate, since: undefined });
    await verifyAuditTip(tip, expected);
    return { tip, contradiction: undefined };
  }
  if (current.lastIndex >= since.index) {
    const tip = await chained(client, { current, certificate, since: { tip: since, digest: before.digest } });
    const continues = isSame(chainDigest(tip.before, tip.commitment, tip.index), current.digest);
    if (continues) {
      await verifyAuditTip(tip, expected);
      return { tip, contradiction: undefined };
    }
  }
  // What does not continue it is proved from its first entry on: the two certificates contradict each other then.
  const tip = await chained(client, { current, certificate, since: undefined });
  const { certifiedAt } = await verifyAuditTip(tip, expected);
  return { tip, contradiction: contradictionOf(tip, certifiedAt, { ...before, index: since.index }) };
}

function contradictionOf(
  tip: SignedTip,
  certifiedAt: bigint,
  before: { readonly index: bigint; readonly certifiedAt: bigint },
): AuditLogError {
  if (tip.index >= before.index) {
    return new AuditLogError(
      'the log has forked: it does not continue the tip that was kept',
      'fork',
      before.index,
    );
  }
  if (certifiedAt <= before.certifiedAt) {
    // One machine of the network may be behind another.
    throw new AuditLogError('the answer is older than the tip that was kept; ask again later', 'age');
  }
  return new AuditLogError(
    `the log was rolled back: the tip that was kept is of entry ${before.index}, and it ends at entry ${tip.index} now`,
    'rollback',
  );
}

interface ChainFrom {
  readonly current: AuditTip;
  readonly certificate: Uint8Array;
  readonly since: { readonly tip: SignedTip; readonly digest: Uint8Array } | undefined;
}

/** The tip as the entries have it, from an earlier one or the first entry on. It is not verified here. */
async function chained(
  client: AgentServiceClient,
  { current, certificate, since }: ChainFrom,
): Promise<SignedTip> {
  const { canisterId } = client;
  const { firstIndex, lastIndex } = current;
  if (lastIndex < firstIndex) throw new AuditLogError('the log has no entries', 'format');
  let digest = since?.digest ?? GENESIS;
  let tip = since && { ...since.tip, certificate };
  for (let from = since === undefined ? firstIndex : since.tip.index + 1n; from <= lastIndex; ) {
    const { entries } = await entriesFrom(client, from, { isThere: true });
    for (const { index, commitment } of entries) {
      if (index > lastIndex) break;
      if (index !== from) throw new AuditLogError(`the service answers with entry ${index}`, 'chain', from);
      tip = { canisterId, index, before: digest, commitment, certificate };
      digest = chainDigest(digest, commitment, index);
      from++;
    }
    if (entries.length === 0) throw new AuditLogError('the service does not show it yet', 'chain', from);
  }
  if (tip === undefined) throw new AuditLogError('the log has no entries', 'format');
  return tip;
}

function certificateIn({ certificate }: AuditTip): Uint8Array {
  if (certificate === undefined) throw new TypeError('the network gave no certificate');
  return certificate;
}
