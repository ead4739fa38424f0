import type { ByteMap, ByteMaps } from '../../../src/canister/storage/byte-map.ts';

/** Maps in memory that order their keys as those in stable memory do. */
export function memoryMaps(): ByteMaps {
  return {
    settings: memoryMap(),
    users: memoryMap(),
    userHeads: memoryMap(),
    sessions: memoryMap(),
    interactions: memoryMap(),
    activities: memoryMap(),
    credentials: memoryMap(),
    secrets: memoryMap(),
    formerSessions: memoryMap(),
    formerCredentials: memoryMap(),
    sessionExpiry: memoryMap(),
    credentialExpiry: memoryMap(),
    agents: memoryMap(),
    admins: memoryMap(),
    grants: memoryMap(),
    grantees: memoryMap(),
    blocks: memoryMap(),
    blockedAgents: memoryMap(),
    erasures: memoryMap(),
    links: memoryMap(),
    linkedUsers: memoryMap(),
    requests: memoryMap(),
    requestExpiry: memoryMap(),
    notifications: memoryMap(),
    analytics: memoryMap(),
    grantExpiry: memoryMap(),
    sealing: memoryMap(),
    dueConnections: memoryMap(),
  };
}

export function memoryMap(): ByteMap {
  const entries = new Map<string, Uint8Array>();
  const ordered = () => [...entries.keys()].sort();
  return {
    get: (key) => entries.get(hex(key))?.slice(),
    has: (key) => entries.has(hex(key)),
    set: (key, value) => void entries.set(hex(key), value.slice()),
    wipe: (key, length) => void entries.set(hex(key), new Uint8Array(length)),
    delete: (key) => void entries.delete(hex(key)),
    firstKeys: (count) => ordered().slice(0, count).map(bytes),
    values: () => ordered().map((key) => entries.get(key)?.slice() ?? new Uint8Array()),
    size: () => entries.size,
  };
}

function hex(key: Uint8Array): string {
  return Buffer.from(key).toString('hex');
}

function bytes(key: string): Uint8Array {
  return Uint8Array.from(Buffer.from(key, 'hex'));
}
