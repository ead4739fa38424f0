import { Access } from '../policy/access/access.ts';
import { type Caller, type CallerKind, isUnknown } from '../policy/access/caller.ts';
import { kindOf } from '../policy/access/caller-kind.ts';
import { Derivations } from '../policy/limits/derivations.ts';
import { Rates } from '../policy/limits/rates.ts';
import type { Store } from '../storage/store.ts';
import { directoryOf } from './access/directory.ts';
import { Subjects } from './access/subjects.ts';
import { AdminRegistry } from './agents/admin-registry.ts';
import { AgentRegistry } from './agents/agent-registry.ts';
import { BlockService } from './agents/block-service.ts';
import { GrantService } from './agents/grant-service.ts';
import { AnalyticsService } from './analytics/analytics-service.ts';
import { ActivityService } from './audit/activity-service.ts';
import { AuditLog } from './audit/audit-log.ts';
import { EventService } from './audit/event-service.ts';
import { ServiceLog } from './audit/service-log.ts';
import { CredentialService } from './credentials/credential-service.ts';
import { CredentialWriter } from './credentials/credential-writer.ts';
import { DueList } from './credentials/due-list.ts';
import { OpeningKeyService } from './credentials/opening-key-service.ts';
import { ResealService } from './credentials/reseal-service.ts';
import { SealingKeys } from './credentials/sealing-keys.ts';
import { TokenService } from './credentials/token-service.ts';
import { UnsealedList } from './credentials/unsealed-list.ts';
import { ExportService } from './export/export-service.ts';
import { InteractionService } from './interactions/interaction-service.ts';
import { RefusalCounts } from './metrics/refusal-counts.ts';
import { NotificationService } from './notifications/notification-service.ts';
import { RequestLikeness } from './requests/request-likeness.ts';
import { RequestService } from './requests/request-service.ts';
import { RetentionPreview } from './retention/retention-preview.ts';
import { RetentionService } from './retention/retention-service.ts';
import { UserRetentionService } from './retention/user-retention-service.ts';
import { Epochs } from './sealing/epochs.ts';
import { SecretCheck } from './sealing/secret-check.ts';
import { SessionService } from './sessions/session-service.ts';
import { ServiceLimitService } from './settings/service-limit-service.ts';
import { SettingsService } from './settings/settings-service.ts';
import { UsageService } from './settings/usage-service.ts';
import type { ExpirySchedule } from './tasks/expiry-schedule.ts';
import { UserHeads } from './user-heads.ts';
import { ErasureService } from './users/erasure-service.ts';
import { LinkService } from './users/link-service.ts';
import { RedemptionTries } from './users/redemption-tries.ts';
import { StatusService } from './users/status-service.ts';
import { UserList } from './users/user-list.ts';

const MINUTES = 60;

export type Services = ReturnType<typeof createServices>;

/** Every service on one store. The canister and the unit tests both take theirs from here, so that they differ in the maps below and the timer alone. */
export function createServices(store: Store, schedule: ExpirySchedule) {
  const directory = directoryOf(store);
  const access = new Access(directory);
  const subjects = new Subjects(store);
  const refusals = new RefusalCounts(store, schedule);
  const rates = new Rates({
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
  const derivations = new Derivations({
    named() {
      const { derivations_burst: burst, derivations_per_hour: perHour } = store.settings.serviceLimits;
      return { burst, perMinute: perHour / MINUTES };
    },
    unnamed() {
      const { unnamed_derivations_burst: burst, unnamed_derivations_per_hour: perHour } =
        store.settings.serviceLimits;
      return { burst, perMinute: perHour / MINUTES };
    },
    isNamed: ({ principal }) => store.agents.has(principal) || store.links.usersOf(principal).length > 0,
  });
  /** Callers whom an admin named, or whom an agent stored something for, may begin as many users as they like. */
  const admitNewUser = (caller: Caller) => {
    if (caller.kind !== undefined && isUnknown(caller.kind)) rates.admitNewUser(caller);
  };

  const log = new ServiceLog(store);
  const epochs = new Epochs(store);
  const secrets = new SecretCheck(store, epochs);
  const heads = new UserHeads(store, admitNewUser, (user) => epochs.begin(user));
  const activities = new ActivityService(store, heads);
  const sessions = new SessionService({ store, heads, activities, schedule, secrets });
  const retention = new RetentionService(store, schedule, log);
  const settings = new SettingsService(store, retention, log);
  const writer = new CredentialWriter(store, activities, schedule);
  return {
    store,
    /** Decides who may do what. */
    access,
    /** Tells what callers are to the service. */
    callers: { kindOf: (caller: Caller): CallerKind => kindOf(caller, directory) },
    /** Decides how often who may call. */
    rates,
    subjects,
    agents: new AgentRegistry(store, log, epochs),
    admins: new AdminRegistry(store, log),
    grants: new GrantService({ store, heads, activities, epochs }),
    blocks: new BlockService({ store, heads, activities, epochs }),
    sessions,
    credentials: new CredentialService({ store, heads, writer, settings, secrets, epochs }),
    tokens: new TokenService({ store, heads, writer, secrets }),
    openingKeys: new OpeningKeyService({ store, heads, activities, access, subjects, epochs, derivations }),
    resealing: new ResealService({ store, heads, writer, secrets, sessions }),
    unsealed: new UnsealedList({ store, epochs }),
    due: new DueList(store),
    sealingKeys: new SealingKeys(store, epochs),
    interactions: new InteractionService({ store, heads, activities, sessions }),
    activities,
    auditLog: new AuditLog(store),
    events: new EventService(store),
    notifications: new NotificationService(store, heads),
    analytics: new AnalyticsService(store),
    refusals,
    requests: new RequestService(store, schedule),
    likeness: new RequestLikeness(store),
    retention,
    retentionPreview: new RetentionPreview(store),
    userRetention: new UserRetentionService(store),
    settings,
    serviceLimits: new ServiceLimitService(store, schedule, log),
    usage: new UsageService(store),
    exports: new ExportService(store),
    erasures: new ErasureService(store, { heads, log, schedule, epochs }),
    links: new LinkService({ store, heads, activities, epochs, tries: new RedemptionTries() }),
    status: new StatusService(store),
    userList: new UserList(store),
  };
}
