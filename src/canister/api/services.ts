import { candidEncode, certifiedDataSet } from 'azle';
import { useNativeEncoder } from '../codec/index.ts';
import { createServices } from '../services/services.ts';
import { tasksOf } from '../services/tasks.ts';
import { stableMaps } from '../storage/stable-maps.ts';
import { createStore } from '../storage/store.ts';
import { TaskTimer } from './tasks/task-timer.ts';

useNativeEncoder(candidEncode);

export const store = createStore(stableMaps(), (count) => crypto.getRandomValues(new Uint8Array(count)));

export const taskTimer: TaskTimer = new TaskTimer({ tasks: () => tasksOf(services), finish: certify });

/** The services of this canister, on its stable memory. */
const services = createServices(store, taskTimer);

export const {
  access,
  activities,
  admins,
  agents,
  analytics,
  auditLog,
  blocks,
  callers,
  credentials,
  due,
  erasures,
  events,
  exports,
  grants,
  interactions,
  likeness,
  links,
  notifications,
  openingKeys,
  rates,
  refusals,
  requests,
  resealing,
  retentionPreview,
  sealingKeys,
  serviceLimits,
  sessions,
  settings,
  status,
  subjects,
  tokens,
  unsealed,
  usage,
  userList,
  userRetention,
} = services;

/** Certifies the digest of the audit log where it changed in this message: the last step of every one that may have written. */
export function certify(): void {
  const digest = store.audit.takeChange();
  if (digest !== undefined) certifiedDataSet(digest);
}
