export {
  AgentServiceClient,
  type AgentServiceOptions,
  type CredentialDetails,
  type SessionData,
} from './agent-service-client.ts';
export type {
  ActivityPage,
  Agent,
  AgentActivity,
  AgentActivityType,
  AgentCredentials,
  AgentInteraction,
  AgentSession,
  AgentStatus,
  AgentType,
  InteractionPage,
  ListActivitiesRequest,
  ListInteractionsRequest,
  ListSessionsRequest,
  SessionPage,
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
