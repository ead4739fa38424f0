import { inReplicatedExecution } from 'azle';
import { Access } from '../policy/access.ts';
import { EXPIRY_BATCH } from '../policy/limits.ts';
import { Rates } from '../policy/rates.ts';
import { ActivityService } from '../services/activity-service.ts';
import { AdminRegistry } from '../services/admin-registry.ts';
import { AgentRegistry } from '../services/agent-registry.ts';
import { CredentialService } from '../services/credential-service.ts';
import { directoryOf } from '../services/directory.ts';
import { GrantService } from '../services/grant-service.ts';
import { InteractionService } from '../services/interaction-service.ts';
import { RequestService } from '../services/request-service.ts';
import { RetentionService } from '../services/retention-service.ts';
import { SessionService } from '../services/session-service.ts';
import { SettingsService } from '../services/settings-service.ts';
import { StatusService } from '../services/status-service.ts';
import { Subjects } from '../services/subjects.ts';
import { UsageService } from '../services/usage-service.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { ExpiryTimer } from './expiry-timer.ts';

/** The services of this canister, on its stable memory. */
const store = createStore(stableMaps());

export const expiryTimer: ExpiryTimer = new ExpiryTimer({
  tasks: () => [
    (actor, now) => sessions.expire(EXPIRY_BATCH, actor, now).visited === EXPIRY_BATCH,
    (actor, now) => credentials.expire(EXPIRY_BATCH, actor, now).visited === EXPIRY_BATCH,
    (_actor, now) => requests.expire(EXPIRY_BATCH, now).visited === EXPIRY_BATCH,
    (_actor, now) => retention.run(now),
  ],
  due: () => [
    store.sessionExpiry.earliest(),
    store.credentialExpiry.earliest(),
    store.requestExpiry.earliest(),
    retention.dueAt(),
  ],
});

export const activities = new ActivityService(store);
export const sessions = new SessionService(store, activities, expiryTimer);
export const credentials = new CredentialService(store, activities, expiryTimer);
export const interactions = new InteractionService(store, activities, sessions);
export const status = new StatusService(store);
export const agents = new AgentRegistry(store);

export const admins = new AdminRegistry(store);
export const grants = new GrantService(store, activities);
export const subjects = new Subjects(store);

export const requests = new RequestService(store, expiryTimer);
const retention = new RetentionService(store, expiryTimer);
export const settings = new SettingsService(store, retention);
export const usage = new UsageService(store);

/** Decides how often who may call. */
export const rates = new Rates({
  limitsOf: (principal) => store.settings.limitsOf(principal),
  isUpdate: inReplicatedExecution,
});

/** Decides who may do what. */
export const access = new Access(directoryOf(store));
