import { type AuditHistory, isSame } from './audit-history.ts';
import { AuditLogError } from './audit-log-error.ts';
import type { SignedTip, VerifiedTip } from './audit-tip.ts';
import { timeText } from './signed-certificate.ts';

/** How far a log went when it was certified before, and what is known of its way there. */
export interface EarlierTip {
  readonly index: bigint;
  readonly certifiedAt: bigint;
  /** The digest up to an entry; undefined where it is not known. */
  readonly digestAt: (index: bigint) => Uint8Array | undefined;
  /** The first entry whose digest is known. */
  readonly first: bigint;
}

/** A whole copy: two of them show where they part. */
export function tipOfHistory({
  history,
  report,
}: {
  readonly history: AuditHistory;
  readonly report: { readonly certifiedAt: bigint };
}): EarlierTip {
  return {
    index: history.last,
    first: history.first,
    certifiedAt: report.certifiedAt,
    digestAt: (index) => history.at(index),
  };
}

/** A tip, of which the digests of the last two entries are known. */
export function tipAlone({ index, before }: SignedTip, { digest, certifiedAt }: VerifiedTip): EarlierTip {
  const known = new Map([
    [index - 1n, before],
    [index, digest],
  ]);
  return { index, first: index - 1n, certifiedAt, digestAt: (at) => known.get(at) };
}

/**
 * Demands that a log begins with an earlier copy. Throws an AuditLogError: `fork` where they have another digest at one index, `rollback`
 * where entries are gone, `age` where the log is the older of the two.
 */
export function requireExtension(
  history: AuditHistory,
  { certifiedAt }: { readonly certifiedAt: bigint },
  earlier: EarlierTip,
): void {
  const differs = firstDifference(history, earlier);
  if (differs !== undefined) {
    const { index, isExact } = differs;
    throw new AuditLogError(
      `this log and the earlier one of ${timeText(earlier.certifiedAt)} have forked: they differ ${
        isExact ? 'from here on' : 'here, and maybe before'
      }. Both are certified`,
      'fork',
      index,
    );
  }
  const here = { index: history.last, certifiedAt };
  if (here.index > earlier.index && here.certifiedAt < earlier.certifiedAt) throw rolledBack(here, earlier);
  if (here.index >= earlier.index) return;
  if (here.certifiedAt > earlier.certifiedAt) throw rolledBack(earlier, here);
  throw new AuditLogError(
    `the log is of ${timeText(certifiedAt)} and ends at entry ${here.index}: it is older than the one that it has to extend, of ${timeText(
      earlier.certifiedAt,
    )} and up to entry ${earlier.index}`,
    'age',
  );
}

/** A log ended, and was certified later with fewer entries. */
export function rolledBack(
  before: { readonly index: bigint; readonly certifiedAt: bigint },
  after: { readonly index: bigint; readonly certifiedAt: bigint },
): AuditLogError {
  const message =
    `the log was rolled back: it ended at entry ${before.index} at ${timeText(before.certifiedAt)}, ` +
    `and at entry ${after.index} at ${timeText(after.certifiedAt)}`;
  return new AuditLogError(message, 'rollback');
}

/** Where two copies part; undefined where one begins with the other. */
function firstDifference(
  history: AuditHistory,
  earlier: EarlierTip,
): { readonly index: bigint; readonly isExact: boolean } | undefined {
  // A chain that begins at another entry, or behind the other's end, is another one.
  if (history.first > earlier.index) return { index: earlier.index, isExact: false };
  const last = history.last < earlier.index ? history.last : earlier.index;
  const hasForked = (index: bigint): boolean => {
    const [here, there] = [history.at(index), earlier.digestAt(index)];
    return here !== undefined && there !== undefined && !isSame(here, there);
  };
  if (!hasForked(last)) return undefined;
  // Once two chains differ, they differ for ever.
  let [same, differs] = [earlier.first > history.first ? earlier.first : history.first, last];
  if (hasForked(same)) return { index: same, isExact: same === history.first };
  while (differs - same > 1n) {
    const middle = (same + differs) / 2n;
    if (hasForked(middle)) differs = middle;
    else same = middle;
  }
  return { index: differs, isExact: true };
}
