/**
 * The first byte of each key of the map `settings`, which holds what there is one of. A byte that was in use once is never given to something else.
 */
export const SETTINGS_KEYS = {
  sequences: 0,
  formerOwner: 1,
  settings: 2,
  /** The principal of the agent follows. */
  agentLimits: 3,
  /** Which map follows. */
  formerMaps: 10,
  retentionProgress: 4,
  seed: 5,
  figures: 6,
  serviceLimits: 7,
  pendingRetention: 8,
  sealing: 9,
  /** The next user whose connections are still to be put into the index of what is due. */
  dueTakeover: 11,
} as const;
