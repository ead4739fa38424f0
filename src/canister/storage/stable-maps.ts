import { type Serializable, StableBTreeMap } from 'azle';
import type { ByteMap, ByteMaps } from './byte-map.ts';
import { MEMORY_IDS } from './memory-ids.ts';

/** Bytes go in and out as they are: Azle's own serializer would make JSON of them. */
const AS_IS: Serializable = {
  toBytes: (bytes: Uint8Array) => bytes,
  fromBytes: (bytes: Uint8Array) => bytes,
};

/** How often a map was written to since the canister's code was loaded. */
let writes = 0;

export function writeCount(): number {
  return writes;
}

/** The service's maps in stable memory. */
export function stableMaps(): ByteMaps {
  return {
    settings: stableMap(MEMORY_IDS.settings),
    users: stableMap(MEMORY_IDS.users),
    userHeads: stableMap(MEMORY_IDS.userHeads),
    sessions: stableMap(MEMORY_IDS.sessions),
    interactions: stableMap(MEMORY_IDS.interactions),
    activities: stableMap(MEMORY_IDS.activities),
    credentials: stableMap(MEMORY_IDS.credentials),
    secrets: stableMap(MEMORY_IDS.secrets),
    formerSessions: lateStableMap(MEMORY_IDS.formerSessions),
    formerCredentials: lateStableMap(MEMORY_IDS.formerCredentials),
    sessionExpiry: stableMap(MEMORY_IDS.sessionExpiry),
    credentialExpiry: stableMap(MEMORY_IDS.credentialExpiry),
    agents: stableMap(MEMORY_IDS.agents),
    admins: stableMap(MEMORY_IDS.admins),
    grants: stableMap(MEMORY_IDS.grants),
    grantees: stableMap(MEMORY_IDS.grantees),
    blocks: stableMap(MEMORY_IDS.blocks),
    blockedAgents: stableMap(MEMORY_IDS.blockedAgents),
    erasures: stableMap(MEMORY_IDS.erasures),
    links: stableMap(MEMORY_IDS.links),
    linkedUsers: stableMap(MEMORY_IDS.linkedUsers),
    requests: stableMap(MEMORY_IDS.requests),
    requestExpiry: stableMap(MEMORY_IDS.requestExpiry),
    notifications: stableMap(MEMORY_IDS.notifications),
    analytics: stableMap(MEMORY_IDS.analytics),
    grantExpiry: stableMap(MEMORY_IDS.grantExpiry),
    sealing: stableMap(MEMORY_IDS.sealing),
    dueConnections: stableMap(MEMORY_IDS.dueConnections),
  };
}

function stableMap(memoryId: number): ByteMap {
  const map = new StableBTreeMap<Uint8Array, Uint8Array>(memoryId, AS_IS, AS_IS);
  const set = (key: Uint8Array, value: Uint8Array) => {
    writes++;
    map.insert(key, value);
  };
  return {
    get: (key) => map.get(key),
    has: (key) => map.containsKey(key),
    set,
    wipe: (key, length) => set(key, new Uint8Array(length)),
    delete(key) {
      writes++;
      map.remove(key);
    },
    firstKeys: (count) => map.keys(0, count),
    values: () => map.values(),
    size: () => map.len(),
  };
}

/** A map that is made when it is first asked: it takes 8 MiB of stable memory, even where it is empty. */
function lateStableMap(memoryId: number): ByteMap {
  let made: ByteMap | undefined;
  const map = () => {
    made ??= stableMap(memoryId);
    return made;
  };
  return {
    get: (key) => map().get(key),
    has: (key) => map().has(key),
    set: (key, value) => map().set(key, value),
    wipe: (key, length) => map().wipe(key, length),
    delete: (key) => map().delete(key),
    firstKeys: (count) => map().firstKeys(count),
    values: () => map().values(),
    size: () => map().size(),
  };
}
