import { Access } from '../policy/access.ts';
import { ActivityService } from '../services/activity-service.ts';
import { AdminRegistry } from '../services/admin-registry.ts';
import { AgentRegistry } from '../services/agent-registry.ts';
import { CredentialService } from '../services/credential-service.ts';
import { directoryOf } from '../services/directory.ts';
import { GrantService } from '../services/grant-service.ts';
import { InteractionService } from '../services/interaction-service.ts';
import { LinkService } from '../services/link-service.ts';
import { RedemptionTries } from '../services/redemption-tries.ts';
import { SessionService } from '../services/session-service.ts';
import { StatusService } from '../services/status-service.ts';
import { Subjects } from '../services/subjects.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { ExpiryTimer } from './expiry-timer.ts';

/** The services of this canister, on its stable memory. */
export const store = createStore(stableMaps());

export const expiryTimer: ExpiryTimer = new ExpiryTimer({
  expiring: () => [sessions, credentials],
  earliest() {
    const session = store.sessionExpiry.earliest();
    const credential = store.credentialExpiry.earliest();
    if (session === undefined || credential === undefined) return session ?? credential;
    return session < credential ? session : credential;
  },
});

export const activities = new ActivityService(store);
export const sessions = new SessionService(store, activities, expiryTimer);
export const credentials = new CredentialService(store, activities, expiryTimer);
export const interactions = new InteractionService(store, activities, sessions);
export const status = new StatusService(store);
export const agents = new AgentRegistry(store);

export const admins = new AdminRegistry(store);
export const grants = new GrantService(store, activities);
export const links = new LinkService({ store, activities, tries: new RedemptionTries() });
export const subjects = new Subjects(store);

/** Decides who may do what. */
export const access = new Access(directoryOf(store));
