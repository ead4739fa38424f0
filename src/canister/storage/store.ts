import type { ByteMap, ByteMaps } from './byte-map.ts';
import { ExpiryQueue } from './expiry-queue.ts';
import { GrantStore } from './grant-store.ts';
import { RecordLog } from './record-log.ts';
import { RequestStore } from './request-store.ts';
import { Sequences } from './sequences.ts';
import { SettingsStore } from './settings-store.ts';
import { UserStore } from './user-store.ts';

/** Everything that the service keeps. */
export interface Store {
  readonly settings: SettingsStore;
  readonly users: UserStore;
  readonly sessions: RecordLog;
  readonly interactions: RecordLog;
  readonly activities: RecordLog;
  /** By `credentialKey`, in their stored form. */
  readonly credentials: ByteMap;
  /** Of sessions, by the key of their sequence number. */
  readonly sessionExpiry: ExpiryQueue;
  /** Of credentials, by their key. */
  readonly credentialExpiry: ExpiryQueue;
  /** By principal, in their stored form. */
  readonly agents: ByteMap;
  /** By principal, in their stored form. */
  readonly admins: ByteMap;
  readonly grants: GrantStore;
  readonly requests: RequestStore;
  /** Of requests, by their key. */
  readonly requestExpiry: ExpiryQueue;
}

export function createStore(maps: ByteMaps): Store {
  const sequences = new Sequences(maps.settings);
  return {
    settings: new SettingsStore(maps.settings),
    users: new UserStore(maps.users, maps.userHeads, sequences),
    sessions: new RecordLog('session', maps.sessions, sequences),
    interactions: new RecordLog('interaction', maps.interactions, sequences),
    activities: new RecordLog('activity', maps.activities, sequences),
    credentials: maps.credentials,
    sessionExpiry: new ExpiryQueue(maps.sessionExpiry),
    credentialExpiry: new ExpiryQueue(maps.credentialExpiry),
    agents: maps.agents,
    admins: maps.admins,
    grants: new GrantStore(maps.grants, maps.grantees),
    requests: new RequestStore(maps.requests),
    requestExpiry: new ExpiryQueue(maps.requestExpiry),
  };
}
