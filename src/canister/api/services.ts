import { Access } from '../policy/access.ts';
import { ActivityService } from '../services/activity-service.ts';
import { AdminRegistry } from '../services/admin-registry.ts';
import { AgentRegistry } from '../services/agent-registry.ts';
import { CredentialService } from '../services/credential-service.ts';
import { CredentialWriter } from '../services/credential-writer.ts';
import { directoryOf } from '../services/directory.ts';
import { GrantService } from '../services/grant-service.ts';
import { InteractionService } from '../services/interaction-service.ts';
import { SessionService } from '../services/session-service.ts';
import { SettingsService } from '../services/settings-service.ts';
import { StatusService } from '../services/status-service.ts';
import { Subjects } from '../services/subjects.ts';
import { TokenService } from '../services/token-service.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { ExpiryTimer } from './expiry-timer.ts';

/** The services of this canister, on its stable memory. */
const store = createStore(stableMaps());

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
export const settings = new SettingsService(store);
const credentialWriter = new CredentialWriter(store, activities, expiryTimer);
export const credentials = new CredentialService(store, credentialWriter, settings);
export const tokens = new TokenService(store, credentialWriter);
export const interactions = new InteractionService(store, activities, sessions);
export const status = new StatusService(store);
export const agents = new AgentRegistry(store);

export const admins = new AdminRegistry(store);
export const grants = new GrantService(store, activities);
export const subjects = new Subjects(store);

/** Decides who may do what. */
export const access = new Access(directoryOf(store));
