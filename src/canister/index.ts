import { AdminMethods } from './api/agents/admin-methods.ts';
import { AgentMethods } from './api/agents/agent-methods.ts';
import { GrantMethods } from './api/agents/grant-methods.ts';
import { AnalyticsMethods } from './api/analytics/analytics-methods.ts';
import { ActivityMethods } from './api/audit/activity-methods.ts';
import { AuditMethods } from './api/audit/audit-methods.ts';
import { EventMethods } from './api/audit/event-methods.ts';
import { ConsentMethods } from './api/consent/consent-methods.ts';
import { AccountMethods } from './api/credentials/account-methods.ts';
import { CredentialMethods } from './api/credentials/credential-methods.ts';
import { SealingMethods } from './api/credentials/sealing-methods.ts';
import { Inspection } from './api/inspection.ts';
import { InteractionMethods } from './api/interactions/interaction-methods.ts';
import { Lifecycle } from './api/lifecycle.ts';
import { HttpMethods } from './api/metrics/http-methods.ts';
import { NotificationMethods } from './api/notifications/notification-methods.ts';
import { SessionMethods } from './api/sessions/session-methods.ts';
import { SettingsMethods } from './api/settings/settings-methods.ts';
import { TaskMethods } from './api/tasks/task-methods.ts';
import { LinkMethods } from './api/users/link-methods.ts';
import { StatusMethods } from './api/users/status-methods.ts';
import { UserMethods } from './api/users/user-methods.ts';

/** The Agent Service's interface, one class a topic; agent_service.did describes it. */
export default [
  Lifecycle,
  Inspection,
  SessionMethods,
  CredentialMethods,
  SealingMethods,
  InteractionMethods,
  ActivityMethods,
  StatusMethods,
  AgentMethods,
  AdminMethods,
  GrantMethods,
  AuditMethods,
  AccountMethods,
  LinkMethods,
  HttpMethods,
  ConsentMethods,
  SettingsMethods,
  AnalyticsMethods,
  EventMethods,
  NotificationMethods,
  UserMethods,
  TaskMethods,
];
