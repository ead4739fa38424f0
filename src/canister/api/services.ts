import { candidEncode, certifiedDataSet } from 'azle';
import { useNativeEncoder } from '../codec/index.ts';
import { Access, type Caller } from '../policy/access/access.ts';
import { type CallerKind, isUnknown, kindOf } from '../policy/access/callers.ts';
import { Rates } from '../policy/limits/rates.ts';
import { directoryOf } from '../services/access/directory.ts';
import { Subjects } from '../services/access/subjects.ts';
import { AdminRegistry } from '../services/agents/admin-registry.ts';
import { AgentRegistry } from '../services/agents/agent-registry.ts';
import { BlockService } from '../services/agents/block-service.ts';
import { GrantService } from '../services/agents/grant-service.ts';
import { AnalyticsService } from '../services/analytics/analytics-service.ts';
import { ActivityService } from '../services/audit/activity-service.ts';
import { AuditLog } from '../services/audit/audit-log.ts';
import { EventService } from '../services/audit/event-service.ts';
import { ServiceLog } from '../services/audit/service-log.ts';
import { CredentialService } from '../services/credentials/credential-service.ts';
import { CredentialWriter } from '../services/credentials/credential-writer.ts';
import { TokenService } from '../services/credentials/token-service.ts';
import { ExportService } from '../services/export/export-service.ts';
import { InteractionService } from '../services/interactions/interaction-service.ts';
import { RefusalCounts } from '../services/metrics/refusal-counts.ts';
import { NotificationService } from '../services/notifications/notification-service.ts';
import { RequestLikeness } from '../services/requests/request-likeness.ts';
import { RequestService } from '../services/requests/request-service.ts';
import { RetentionPreview } from '../services/retention/retention-preview.ts';
import { RetentionService } from '../services/retention/retention-service.ts';
import { UserRetentionService } from '../services/retention/user-retention-service.ts';
import { SessionService } from '../services/sessions/session-service.ts';
import { ServiceLimitService } from '../services/settings/service-limit-service.ts';
import { SettingsService } from '../services/settings/settings-service.ts';
import { UsageService } from '../services/settings/usage-service.ts';
import { tasksOf } from '../services/tasks.ts';
import { ErasureService } from '../services/users/erasure-service.ts';
import { LinkService } from '../services/users/link-service.ts';
import { RedemptionTries } from '../services/users/redemption-tries.ts';
import { StatusService } from '../services/users/status-service.ts';
import { UserList } from '../services/users/user-list.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { TaskTimer } from './tasks/task-timer.ts';

useNativeEncoder(candidEncode);

/** The services of this canister, on its stable memory. */
export const store = createStore(stableMaps(), (count) => crypto.getRandomValues(new Uint8Array(count)));

export const taskTimer: TaskTimer = new TaskTimer({
  tasks: () => tasksOf({ store, sessions, credentials, requests, erasures, retention, refusals, analytics }),
  finish: certify,
});

const log = new ServiceLog(store);
export const activities = new ActivityService(store);
export const sessions = new SessionService(store, activities, taskTimer);
const retention = new RetentionService(store, taskTimer, log);
export const settings = new SettingsService(store, retention, log);
export const retentionPreview = new RetentionPreview(store);
export const userRetention = new UserRetentionService(store, settings);
export const serviceLimits = new ServiceLimitService(store, taskTimer, log);
const credentialWriter = new CredentialWriter(store, activities, taskTimer);
export const credentials = new CredentialService(store, credentialWriter, settings);
export const tokens = new TokenService(store, credentialWriter);
export const interactions = new InteractionService(store, activities, sessions);
export const status = new StatusService(store);
export const agents = new AgentRegistry(store, log);

export const admins = new AdminRegistry(store, log);
export const grants = new GrantService(store, activities, admitNewUser);
export const blocks = new BlockService(store, activities, admitNewUser);
export const auditLog = new AuditLog(store);
export const exports = new ExportService(store);
export const erasures = new ErasureService(store, { log, schedule: taskTimer });
export const links = new LinkService({ store, activities, tries: new RedemptionTries() });
export const subjects = new Subjects(store);

export const likeness = new RequestLikeness(store);
export const requests = new RequestService(store, taskTimer);
export const usage = new UsageService(store);
export const events = new EventService(store);
export const notifications = new NotificationService(store, admitNewUser);
export const analytics = new AnalyticsService(store);
export const refusals = new RefusalCounts(store, taskTimer);
export const userList = new UserList(store);

/** Decides how often who may call. */
export const rates = new Rates({
  limitsOf: (principal) => store.settings.limitsOf(principal),
  unknownCallers() {
    const { unknown_callers_burst: burst, unknown_callers_per_minute: perMinute } =
      store.settings.serviceLimits;
    return { burst, perMinute };
  },
  newUsers() {
    const { new_users_burst: burst, new_users_per_minute: perMinute } = store.settings.serviceLimits;
    return { burst, perMinute };
  },
  onRefused: (caller, subject) => refusals.note(caller, subject),
});

/** Callers whom an admin named, or whom an agent stored something for, may begin as many users as they like. */
function admitNewUser(call: Caller): void {
  if (call.kind !== undefined && isUnknown(call.kind)) rates.admitNewUser(call);
}

const directory = directoryOf(store);

/** Decides who may do what. */
export const access = new Access(directory);

/** Tells what callers are to the service. */
export const callers = { kindOf: (caller: Caller): CallerKind => kindOf(caller, directory) };

/** Certifies the digest of the audit log where it changed in this message: the last step of every one that may have written. */
export function certify(): void {
  const digest = store.audit.takeChange();
  if (digest !== undefined) certifiedDataSet(digest);
}
