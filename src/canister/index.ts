import { AccountMethods } from './api/account-methods.ts';
import { ActivityMethods } from './api/activity-methods.ts';
import { AdminMethods } from './api/admin-methods.ts';
import { AgentMethods } from './api/agent-methods.ts';
import { AnalyticsMethods } from './api/analytics-methods.ts';
import { AuditMethods } from './api/audit-methods.ts';
import { ConsentMethods } from './api/consent-methods.ts';
import { CredentialMethods } from './api/credential-methods.ts';
import { EventMethods } from './api/event-methods.ts';
import { GrantMethods } from './api/grant-methods.ts';
import { HttpMethods } from './api/http-methods.ts';
import { Inspection } from './api/inspection.ts';
import { InteractionMethods } from './api/interaction-methods.ts';
import { Lifecycle } from './api/lifecycle.ts';
import { LinkMethods } from './api/link-methods.ts';
import { NotificationMethods } from './api/notification-methods.ts';
import { SessionMethods } from './api/session-methods.ts';
import { SettingsMethods } from './api/settings-methods.ts';
import { StatusMethods } from './api/status-methods.ts';
import { TaskMethods } from './api/task-methods.ts';
import { UserMethods } from './api/user-methods.ts';

/** The Agent Service's interface, one class a topic; agent_service.did describes it. */
export default [
  Lifecycle,
  Inspection,
  SessionMethods,
  CredentialMethods,
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
