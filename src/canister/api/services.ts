import { Access } from '../policy/access.ts';
import { ActivityService } from '../services/activity-service.ts';
import { AgentRegistry } from '../services/agent-registry.ts';
import { CredentialService } from '../services/credential-service.ts';
import { InteractionService } from '../services/interaction-service.ts';
import { SessionService } from '../services/session-service.ts';
import { StatusService } from '../services/status-service.ts';
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

const access = new Access({
  owner: () => store.settings.owner,
  isAgent: (principal) => store.agents.has(principal),
});

/** For methods that agents call. */
export const agentsOnly = access.requireAgent.bind(access);

/** For methods that administer the service. */
export const adminsOnly = access.requireAdmin.bind(access);
