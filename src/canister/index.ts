import { ActivityMethods } from './api/activity-methods.ts';
import { AdminMethods } from './api/admin-methods.ts';
import { AgentMethods } from './api/agent-methods.ts';
import { CredentialMethods } from './api/credential-methods.ts';
import { GrantMethods } from './api/grant-methods.ts';
import { Inspection } from './api/inspection.ts';
import { InteractionMethods } from './api/interaction-methods.ts';
import { Lifecycle } from './api/lifecycle.ts';
import { SessionMethods } from './api/session-methods.ts';
import { SettingsMethods } from './api/settings-methods.ts';
import { StatusMethods } from './api/status-methods.ts';

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
  SettingsMethods,
];
