import {
  type AuditLog,
  AuditLogError,
  checkWitness,
  decodeAuditLog,
  decodeAuditTip,
  doubtText,
  encodeAuditTip,
  proveAuditLog,
  type SignedTip,
  tipOf,
  type VerifiedLog,
  type WitnessReport,
} from '../../../client/index.ts';
import type { KeptState, ProofReport, VerifyAnswer, VerifyRequest } from './verify-messages.ts';

/** Verifies a proof file, and holds it against an earlier visit and a witness. What is wrong with it is an answer, not an error. */
export async function verifyProof(request: VerifyRequest): Promise<VerifyAnswer> {
  let log: AuditLog | undefined;
  let proved: VerifiedLog;
  try {
    log = decodeAuditLog(request.text);
    proved = await proveAuditLog(log, request);
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw error;
    const { message, index } = error;
    return log === undefined ? { kind: 'unreadable', message } : { kind: 'broken', message, index };
  }
  const kept = await heldAgainstVisit(proved, request);
  if (kept.kind === 'forked') return kept;
  const witness = await heldAgainstWitness(proved, request);
  if (witness !== undefined && 'kind' in witness) return witness;
  return { kind: 'proven', report: { ...reportOf(log, proved, request.userId), kept, witness } };
}

function reportOf(
  log: AuditLog,
  { report }: VerifiedLog,
  userId: string,
): Omit<ProofReport, 'kept' | 'witness'> {
  const { subnet, firstIndex, lastIndex, shown, withheld, erased, certifiedAt, doubts } = report;
  return {
    ...{ firstIndex, lastIndex, shown, withheld, erased, certifiedAt },
    canisterId: report.canisterId.toText(),
    subnet: subnet?.toText(),
    doubts: doubts.filter((doubt) => doubt !== 'contents_withheld').map((doubt) => doubtText(doubt, report)),
    own: log.entries.filter(({ content }) => content?.userId === userId).length,
    tip: encodeAuditTip(tipOf(log)),
  };
}

type Forked = Extract<VerifyAnswer, { kind: 'forked' }>;

/** What this browser kept is its own: where it cannot be read, or is of another network, it is as if there were none. */
async function heldAgainstVisit(log: VerifiedLog, request: VerifyRequest): Promise<KeptState | Forked> {
  const tip = request.kept === undefined ? undefined : tipIn(request.kept);
  if (tip === undefined) return { kind: 'none' };
  const report = await checkWitness([{ tip, place: 1 }], { ...request, log });
  const forked = forkIn(report);
  if (forked !== undefined) return forked;
  const { agreeing, newer, witnessedAt } = report;
  if (agreeing + newer === 0 || witnessedAt === undefined) return { kind: 'none' };
  return { kind: newer > 0 ? 'older' : 'continues', index: tip.index, certifiedAt: witnessedAt };
}

/** What a witness gives counts whole, or not at all. */
async function heldAgainstWitness(
  log: VerifiedLog,
  request: VerifyRequest,
): Promise<ProofReport['witness'] | Extract<VerifyAnswer, { kind: 'badWitness' | 'forked' }>> {
  const text = request.witness.trim();
  if (text === '') return undefined;
  let report: WitnessReport;
  try {
    const tips = text.split('\n').map((line, i) => ({ tip: decodeAuditTip(line, i + 1), place: i + 1 }));
    report = await checkWitness(tips, { ...request, log });
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw error;
    return { kind: 'badWitness', message: error.message };
  }
  const forked = forkIn(report);
  if (forked !== undefined) return forked;
  const [finding] = report.findings;
  if (finding !== undefined)
    return { kind: 'badWitness', message: `line ${finding.place}: ${finding.message}` };
  const { agreeing, newer } = report;
  if (agreeing + newer === 0) return { kind: 'badWitness', message: 'it keeps no tip of this service' };
  return { agreeing, newer };
}

function forkIn({ findings }: WitnessReport): Forked | undefined {
  const found = findings.find(({ reason }) => reason === 'fork' || reason === 'rollback');
  return found && { kind: 'forked', message: found.message };
}

function tipIn(line: string): SignedTip | undefined {
  try {
    return decodeAuditTip(line);
  } catch (error) {
    if (error instanceof AuditLogError) return undefined;
    throw error;
  }
}
