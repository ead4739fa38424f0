export {
  AgentServiceClient,
  type AgentServiceOptions,
  type CredentialDetails,
  type SessionData,
} from './agent-service-client.ts';
export { type AuditLog, type ChainedEntry, downloadAuditLog } from './audit/audit-log.ts';
export { decodeAuditLog, encodeAuditLog } from './audit/audit-log-file.ts';
export { AuditLogError, type AuditReport, verifyAuditLog } from './audit/verify-audit-log.ts';
export type {
  ActivityPage,
  AddAgentRequest,
  Admin,
  Agent,
  AgentActivity,
  AgentActivityType,
  AgentCredentials,
  AgentInteraction,
  AgentPermission,
  AgentScope,
  AgentSession,
  AgentStatus,
  AgentType,
  AuditContent,
  AuditEntry,
  AuditPage,
  AuditTip,
  ExportPage,
  Grant,
  GrantAgentRequest,
  InteractionPage,
  ListActivitiesRequest,
  ListInteractionsRequest,
  ListSessionsRequest,
  SessionPage,
  UpdateAgentRequest,
} from './domain-types.ts';
export {
  AgentServiceError,
  CallRejectedError,
  ConflictError,
  ExpiredError,
  InvalidArgumentError,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  type RefusalKind,
  UnauthorizedError,
} from './errors.ts';
