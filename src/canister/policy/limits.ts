/** Every limit of the service. Sizes are of the UTF-8 text. */

const KIB = 1024;

export const LIMITS = {
  /** Characters (Unicode code points). */
  userIdCharacters: 128,
  /** Bytes: ids, names of projects, repositories and workspaces. */
  nameBytes: 512,
  tokenBytes: 16 * KIB,
  /** Bytes of a text that holds JSON. */
  jsonBytes: 64 * KIB,
  /** Levels of brackets in a text that holds JSON. */
  jsonDepth: 100,
  /** Bytes, of the message and of the response each. */
  messageBytes: 256 * KIB,
  descriptionBytes: 4 * KIB,
  projectIds: 256,
  /** Records that a list returns at most. */
  listItems: 500,
  /** Sessions that the list without a limit returns at most: tens of thousands of small ones would fit, but take too long to read. */
  sessionsInFull: 5000,
  agents: 1000,
  admins: 100,
  /** Of one user. */
  grants: 100,
  /** Bytes. */
  requestIdBytes: 64,
  /** Of one caller, which are remembered at a time. */
  requestIds: 100_000,
} as const;

/** How many records a list returns when the caller doesn't say. */
export const DEFAULT_ITEMS = { sessions: 50, interactions: 50, activities: 100 } as const;

/** A session ends by itself when nothing happened in it for this long: 24 hours. */
export const SESSION_IDLE_NS = 24n * 3_600_000_000_000n;

/** How many of the newest records a status counts. */
export const STATUS_WINDOW = { interactions: 10, activities: 20 } as const;

/** The network carries replies of 2 MiB; what is beside the records takes far less than the rest. */
export const REPLY_BYTES = 2 * KIB * KIB - 4 * KIB;

/** How many records a page looks at before it ends, whether or not they pass its filters. */
export const PAGE_VISITS = 2000;

/** How many sessions or credentials one message expires. */
export const EXPIRY_BATCH = 200;

/** How long a request_id is remembered: a day. */
export const REQUEST_MEMORY_NS = 24n * 3_600_000_000_000n;

/** How many records one message of the retention looks at or removes. */
export const RETENTION_STEPS = 1000;
