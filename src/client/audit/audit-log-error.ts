import { AgentServiceError } from '../errors.ts';

/** Why a log, a tip or a history is refused. */
export type AuditRefusal =
  /** The file is not what docs/explanation/audit-log.md describes. */
  | 'format'
  /** It is of another service than the expected one. */
  | 'canister'
  /** The network did not sign it, or signed something else. */
  | 'certificate'
  /** It was signed longer ago than was allowed. */
  | 'age'
  /** It was signed at a time that is yet to come. */
  | 'future'
  /** A content is not what its commitment binds. */
  | 'content'
  /** An entry is missing, added or moved. */
  | 'chain'
  /** An entry is marked as erased, and no entry tells of that. */
  | 'erasure'
  /** The service has certified two histories that contradict each other. */
  | 'fork'
  /** The service has certified fewer entries than before. */
  | 'rollback'
  /** `complete` was asked for, and something is withheld or not proved. */
  | 'incomplete';

/** An audit log is not what the canister's certificate says, or not what was expected of it. */
export class AuditLogError extends AgentServiceError {
  readonly kind = 'AuditLog';
  readonly reason: AuditRefusal;
  /** The entry that is wrong; undefined where that is not one entry. */
  readonly index: bigint | undefined;

  constructor(message: string, reason: AuditRefusal, index?: bigint) {
    super(index === undefined ? message : `entry ${index}: ${message}`, { code: reason });
    this.reason = reason;
    this.index = index;
  }
}
