import { type AuditExpectations, readExpectations } from './audit-expectations.ts';
import { isSame } from './audit-history.ts';
import { AuditLogError, type AuditRefusal } from './audit-log-error.ts';
import { type SignedTip, type VerifiedTip, verifyAuditTip } from './audit-tip.ts';
import { requireExtension, rolledBack, tipAlone } from './extends-history.ts';
import type { VerifiedLog } from './verify-audit-log.ts';

/** A tip that a witness keeps. */
export interface WitnessedTip {
  readonly tip: SignedTip;
  /** Where the witness has it, counted from 1: a line, or an entry of its log. */
  readonly place: number;
}

/** What is wrong with a tip that a witness keeps. */
export interface WitnessFinding {
  readonly reason: AuditRefusal;
  /** Of the tip. */
  readonly place: number;
  readonly message: string;
  /** The entry at which histories part, where that is it. */
  readonly index: bigint | undefined;
}

/** What the tips of a witness say of a log. */
export interface WitnessReport {
  /** Verified tips of the service that the log, and each other, agree with. */
  readonly agreeing: number;
  /** Tips that were certified after the log, and go beyond it: it cannot tell of them. */
  readonly newer: number;
  /** Tips of other services, which were not looked at. */
  readonly others: number;
  /** The last entry that a witness vouches for. */
  readonly witnessedIndex: bigint | undefined;
  /** When the newest of the tips was certified: ns since 1970. */
  readonly witnessedAt: bigint | undefined;
  readonly findings: readonly WitnessFinding[];
}

/**
 * Holds what a witness keeps against a verified log: each tip's certificate, each tip against the log, and the tips against each other. A fork
 * or a rollback that they show is proved by the network's own signatures, whatever the witness is worth.
 */
export async function checkWitness(
  tips: readonly WitnessedTip[],
  { log, ...expected }: AuditExpectations & { readonly log: VerifiedLog },
): Promise<WitnessReport> {
  const canisterId = readExpectations(expected).canisterId.toText();
  const own = tips.filter(({ tip }) => tip.canisterId.toText() === canisterId);
  const findings: WitnessFinding[] = [];
  const verified: Verified[] = [];
  for (const { tip, place } of own) {
    try {
      verified.push({ tip, place, proved: await verifyAuditTip(tip, expected) });
    } catch (error) {
      findings.push(findingOf(error, place));
    }
  }
  const newer = new Set<number>();
  const agreeing = new Set<number>();
  for (const { tip, place, proved } of verified) {
    try {
      requireExtension(log.history, log.report, tipAlone(tip, proved));
      agreeing.add(place);
    } catch (error) {
      const finding = findingOf(error, place);
      // Of what came after the log it says nothing.
      if (finding.reason === 'age') newer.add(place);
      else findings.push(finding);
    }
  }
  const known = new Set(findings.map(({ place }) => place));
  for (const finding of contradictions(verified)) {
    agreeing.delete(finding.place);
    newer.delete(finding.place);
    if (!known.has(finding.place)) findings.push(finding);
  }
  return {
    agreeing: agreeing.size,
    newer: newer.size,
    others: tips.length - own.length,
    witnessedIndex: latest(verified.map(({ proved }) => proved.index)),
    witnessedAt: latest(verified.map(({ proved }) => proved.certifiedAt)),
    findings: findings.sort((left, right) => left.place - right.place),
  };
}

interface Verified extends WitnessedTip {
  readonly proved: VerifiedTip;
}

/** Tips of one service that cannot both be of one history that only grows. */
function contradictions(tips: readonly Verified[]): readonly WitnessFinding[] {
  const found: WitnessFinding[] = [];
  const byIndex = new Map<bigint, Verified>();
  let highest: Verified | undefined;
  const inTime = [...tips].sort((left, right) => compare(left.proved.certifiedAt, right.proved.certifiedAt));
  for (const each of inTime) {
    const { index, digest, certifiedAt } = each.proved;
    const same = byIndex.get(index);
    if (same !== undefined && !isSame(same.proved.digest, digest)) {
      const message = `the log has forked: the tips at ${same.place} and ${each.place} are both certified, and differ`;
      found.push(findingOf(new AuditLogError(message, 'fork', index), each.place));
    }
    if (same === undefined) byIndex.set(index, each);
    if (highest !== undefined && index < highest.proved.index && certifiedAt > highest.proved.certifiedAt) {
      found.push(findingOf(rolledBack(highest.proved, each.proved), each.place));
    }
    if (highest === undefined || index > highest.proved.index) highest = each;
  }
  return found;
}

function findingOf(error: unknown, place: number): WitnessFinding {
  if (!(error instanceof AuditLogError)) throw error;
  const { reason, message, index } = error;
  return { reason, place, message, index };
}

function latest(values: readonly bigint[]): bigint | undefined {
  return values.reduce<bigint | undefined>(
    (last, value) => (last === undefined || value > last ? value : last),
    undefined,
  );
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
