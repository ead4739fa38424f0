export {
  AgentServiceClient,
  type CredentialDetails,
  type SessionData,
} from './agent-service-client.ts';
export type { AuditExpectations } from './audit/audit-expectations.ts';
export {
  type AuditLog,
  type AuditLogDownload,
  type ChainedEntry,
  downloadAuditLog,
} from './audit/audit-log.ts';
export { AuditLogError, type AuditRefusal } from './audit/audit-log-error.ts';
export { decodeAuditLog, encodeAuditLog } from './audit/audit-log-file.ts';
export {
  decodeAuditTip,
  encodeAuditTip,
  isAuditTip,
  type SignedTip,
  tipOf,
  type VerifiedTip,
  verifyAuditTip,
} from './audit/audit-tip.ts';
export {
  checkWitness,
  type WitnessedTip,
  type WitnessFinding,
  type WitnessReport,
} from './audit/check-witness.ts';
export {
  type AuditTipDownload,
  type DownloadedTip,
  downloadAuditTip,
} from './audit/download-audit-tip.ts';
export { durationText, timeText } from './audit/signed-certificate.ts';
export {
  type AuditDoubt,
  type AuditReport,
  doubtText,
  type LogExpectations,
  proveAuditLog,
  type VerifiedLog,
  verifyAuditLog,
  verifyAuditLogLines,
} from './audit/verify-audit-log.ts';
export type { AgentServiceOptions } from './calls/canister-calls.ts';

export {
  AgentServiceError,
  CallRejectedError,
  ClockError,
  ConflictError,
  type ErrorKind,
  ExpiredError,
  InvalidArgumentError,
  NetworkError,
  NotFoundError,
  OutcomeUnknownError,
  QuotaExceededError,
  RateLimitedError,
  RefusalError,
  type RefusalKind,
  UnauthorizedError,
  UnexpectedReplyError,
  VerificationFailedError,
} from './errors.ts';
export { fillPage, type MissingRecord, type OmittedRecords } from './reading/export-page.ts';
export { isSealed } from './sealing/envelope.ts';
export type { SealedSecretFault } from './sealing/sealed-secret-error.ts';
export type { SecretLocation } from './sealing/secret-location.ts';
export type { SecretField } from './sealing/secret-place.ts';
export type { SealingPolicy } from './values/sealing-policy.ts';
export type * from './values/service-types.ts';
