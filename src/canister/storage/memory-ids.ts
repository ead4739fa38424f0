/**
 * Which stable memory each map lies in. A number that was in use once is never given to another map: an upgrade would read one map's
 * bytes as the other's. Azle keeps 254 and 255 for itself.
 */
export const MEMORY_IDS = {
  settings: 0,
  users: 1,
  userHeads: 2,
  formerSessions: 3,
  interactions: 4,
  activities: 5,
  formerCredentials: 6,
  secrets: 90,
  sessions: 91,
  credentials: 92,
  sessionExpiry: 7,
  credentialExpiry: 8,
  agents: 9,
  admins: 10,
  grants: 11,
  grantees: 12,
  erasures: 13,
  links: 40,
  linkedUsers: 41,
  requests: 30,
  requestExpiry: 31,
  notifications: 50,
  analytics: 51,
  grantExpiry: 60,
  blocks: 70,
  blockedAgents: 71,
  sealing: 80,
  dueConnections: 61,
} as const;
