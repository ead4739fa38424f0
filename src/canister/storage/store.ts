import { GrantStore } from './agents/grant-store.ts';
import { AgentNumbers } from './analytics/agent-numbers.ts';
import { AnalyticsBook } from './analytics/analytics-book.ts';
import { AnalyticsStore } from './analytics/analytics-store.ts';
import { ServiceFigures } from './analytics/service-figures.ts';
import { AuditChain, type RandomBytes } from './audit/audit-chain.ts';
import type { ByteMap, ByteMaps } from './byte-map.ts';
import { type CredentialQueues, CredentialStore } from './credentials/credential-store.ts';
import { DueIndex } from './credentials/due-index.ts';
import { DueTakeover } from './credentials/due-takeover.ts';
import { NotificationStore } from './notifications/notification-store.ts';
import { RecordLog } from './record-log.ts';
import { RequestStore } from './requests/request-store.ts';
import { SealingStore } from './sealing/sealing-store.ts';
import type { FormerSecrets } from './secrets/former-secrets.ts';
import { secretRecords } from './secrets/secret-records.ts';
import { Sequences } from './sequences.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { ExpiryQueue } from './tasks/expiry-queue.ts';
import { ErasureQueue } from './users/erasure-queue.ts';
import { LinkStore } from './users/link-store.ts';
import { UserStore } from './users/user-store.ts';

/** Everything that the service keeps. */
export interface Store {
  readonly settings: SettingsStore;
  readonly users: UserStore;
  readonly sessions: RecordLog;
  readonly interactions: RecordLog;
  readonly activities: RecordLog;
  readonly credentials: CredentialStore;
  /** Of sessions, by the key of their sequence number. */
  readonly sessionExpiry: ExpiryQueue;
  /** Of credentials, by their key. */
  readonly credentialExpiry: CredentialQueues;
  /** Of credentials, by their key. */
  readonly due: DueIndex;
  readonly dueTakeover: DueTakeover;
  /** By principal, in their stored form. */
  readonly agents: ByteMap;
  /** By principal, in their stored form. */
  readonly admins: ByteMap;
  readonly grants: GrantStore;
  /** Which agents users have blocked, in the form of `models/agents/block.ts`. */
  readonly blocks: GrantStore;
  /** The chain over the activities. */
  readonly audit: AuditChain;
  readonly erasures: ErasureQueue;
  /** What versions before left of secrets. */
  readonly formerSecrets: FormerSecrets;
  readonly sequences: Sequences;
  readonly links: LinkStore;
  readonly requests: RequestStore;
  /** How far the epochs of sealed secrets have moved on. */
  readonly sealing: SealingStore;
  readonly notifications: NotificationStore;
  readonly figures: ServiceFigures;
  readonly analytics: AnalyticsBook;
  /** Of requests, by their key. */
  readonly requestExpiry: ExpiryQueue;
}

export function createStore(maps: ByteMaps, randomBytes: RandomBytes): Store {
  const sequences = new Sequences(maps.settings);
  const figures = new ServiceFigures(maps.settings, () => sequences.last('user'));
  const records = new AnalyticsStore(maps.analytics);
  const numbers = new AgentNumbers(records, (principal) => maps.agents.has(principal));
  const credentialExpiry = {
    tokens: new ExpiryQueue(maps.credentialExpiry),
    grants: new ExpiryQueue(maps.grantExpiry),
  };
  const sealing = new SealingStore(maps.sealing, maps.settings);
  const audit = new AuditChain(sequences, randomBytes);
  const erasures = new ErasureQueue(maps.erasures);
  const isErased = (user: number) => erasures.has(user);
  const seal = (sequence: number, bytes: Uint8Array) => audit.seal(sequence, bytes);
  const secret = secretRecords(maps);
  const due = new DueIndex(maps.dueConnections);
  const credentials = new CredentialStore({
    map: secret.credentials,
    queues: credentialExpiry,
    sealing,
    due,
  });
  const users = new UserStore({ numbers: maps.users, heads: maps.userHeads, sequences, figures });
  return {
    settings: new SettingsStore(maps.settings),
    users,
    sessions: new RecordLog('session', secret.sessions, sequences, { isErased }),
    interactions: new RecordLog('interaction', maps.interactions, sequences, { isErased }),
    activities: new RecordLog('activity', maps.activities, sequences, { isErased, seal }),
    credentials,
    due,
    dueTakeover: new DueTakeover({ settings: maps.settings, users, credentials }),
    sealing,
    sessionExpiry: new ExpiryQueue(maps.sessionExpiry),
    credentialExpiry,
    agents: maps.agents,
    admins: maps.admins,
    grants: new GrantStore(maps.grants, maps.grantees),
    blocks: new GrantStore(maps.blocks, maps.blockedAgents),
    audit,
    erasures,
    formerSecrets: secret.former,
    sequences,
    links: new LinkStore(maps.links, maps.linkedUsers),
    requests: new RequestStore(maps.requests),
    notifications: new NotificationStore(maps.notifications),
    figures,
    analytics: new AnalyticsBook({ records, figures, agents: numbers }),
    requestExpiry: new ExpiryQueue(maps.requestExpiry),
  };
}
