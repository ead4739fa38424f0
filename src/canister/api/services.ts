import { Access } from '../policy/access.ts';
import { ActivityService } from '../services/activity-service.ts';
import { AdminRegistry } from '../services/admin-registry.ts';
import { AgentRegistry } from '../services/agent-registry.ts';
import { AuditLog } from '../services/audit-log.ts';
import { CredentialService } from '../services/credential-service.ts';
import { CredentialWriter } from '../services/credential-writer.ts';
import { directoryOf } from '../services/directory.ts';
import { ErasureService } from '../services/erasure-service.ts';
import { ExportService } from '../services/export-service.ts';
import { GrantService } from '../services/grant-service.ts';
import { InteractionService } from '../services/interaction-service.ts';
import { LinkService } from '../services/link-service.ts';
import { RedemptionTries } from '../services/redemption-tries.ts';
import { ServiceLog } from '../services/service-log.ts';
import { SessionService } from '../services/session-service.ts';
import { SettingsService } from '../services/settings-service.ts';
import { StatusService } from '../services/status-service.ts';
import { Subjects } from '../services/subjects.ts';
import { TokenService } from '../services/token-service.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { certifyTip } from './certified-tip.ts';
import { ExpiryTimer } from './expiry-timer.ts';

/** The services of this canister, on its stable memory. */
export const store = createStore(stableMaps(), (count) => crypto.getRandomValues(new Uint8Array(count)));

export const expiryTimer: ExpiryTimer = new ExpiryTimer({
  expiring: () => [sessions, credentials, erasures],
  earliest() {
    const session = store.sessionExpiry.earliest();
    const credential = store.credentialExpiry.earliest();
    const erasure = store.erasures.next() === undefined ? undefined : 0n;
    return [session, credential, erasure]
      .filter((time) => time !== undefined)
      .reduce<bigint | undefined>(
        (least, time) => (least === undefined || time < least ? time : least),
        undefined,
      );
  },
  finish: certify,
});

const log = new ServiceLog(store);
export const activities = new ActivityService(store);
export const sessions = new SessionService(store, activities, expiryTimer);
export const settings = new SettingsService(store, log);
const credentialWriter = new CredentialWriter(store, activities, expiryTimer);
export const credentials = new CredentialService(store, credentialWriter, settings);
export const tokens = new TokenService(store, credentialWriter);
export const interactions = new InteractionService(store, activities, sessions);
export const status = new StatusService(store);
export const agents = new AgentRegistry(store, log);

export const admins = new AdminRegistry(store, log);
export const grants = new GrantService(store, activities);
export const auditLog = new AuditLog(store);
export const exports = new ExportService(store);
export const erasures = new ErasureService(store, { grants, log, schedule: expiryTimer });
export const links = new LinkService({ store, activities, tries: new RedemptionTries() });
export const subjects = new Subjects(store);

/** Decides who may do what. */
export const access = new Access(directoryOf(store));

/** Called at the end of every message that may have written. */
export function certify(): void {
  certifyTip(store.audit);
}
