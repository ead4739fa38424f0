import { type AuditLog, AuditLogError, decodeAuditLog, verifyAuditLog } from '../../../client/index.ts';
import type { VerifyAnswer, VerifyRequest } from './verify-messages.ts';

/** Verifies a proof file. What is wrong with it is an answer, not an error. */
export async function verifyProof({ text, rootKey, userId }: VerifyRequest): Promise<VerifyAnswer> {
  let log: AuditLog | undefined;
  try {
    log = decodeAuditLog(text);
    const { subnet, ...report } = await verifyAuditLog(log, rootKey);
    const own = log.entries.filter(({ content }) => content?.userId === userId).length;
    const names = { canisterId: log.canisterId.toText(), subnet: subnet?.toText() };
    return { kind: 'proven', report: { ...report, ...names, own } };
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw error;
    const { message, index } = error;
    return log === undefined ? { kind: 'unreadable', message } : { kind: 'broken', message, index };
  }
}
