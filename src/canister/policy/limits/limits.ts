/** Every limit of the service. Sizes are of the UTF-8 text. */

const KIB = 1024;

export const LIMITS = {
  /** Characters (Unicode code points). */
  userIdCharacters: 128,
  /** What so many characters take at most. */
  userIdBytes: 512,
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
  /** Of one user and agent type, the default one included; what is known of all of them without their tokens fits into a reply. */
  accounts: 7,
  /** The label of an account. */
  accountBytes: 64,
  /** What a token is leased for, and why a refresh failed. */
  reasonBytes: 512,
  /** Records that a list returns at most. */
  listItems: 500,
  /** Sessions that the list without a limit returns at most: tens of thousands of small ones would fit, but take too long to read. */
  sessionsInFull: 5000,
  agents: 1000,
  /** That are asked for at once. */
  agentNames: 100,
  admins: 100,
  /** Of one user. */
  grants: 100,
  /** That one principal is linked to. */
  linkedUsers: 100,
  /** For notifications, of one user. */
  notificationRules: 20,
  /** Unread notifications that are counted. */
  unread: 100,
  /** Bytes of a link code as people may write it. */
  linkCodeBytes: 64,
  /** Wrong ones of one caller within the life of a code. */
  linkCodeTries: 5,
  /** Bytes. */
  requestIdBytes: 64,
  /** Of one caller, which are remembered at a time. */
  requestIds: 100_000,
} as const;

/** How many records a list returns when the caller doesn't say. */
export const DEFAULT_ITEMS = {
  accounts: 50,
  sessions: 50,
  interactions: 50,
  activities: 100,
  auditEntries: 500,
  events: 100,
  notifications: 50,
  users: 50,
} as const;

/** A session ends by itself when nothing happened in it for this long: 24 hours. */
export const SESSION_IDLE_NS = 24n * 3_600_000_000_000n;

/** How long a link code can be redeemed: ten minutes. */
export const LINK_CODE_NS = 600_000_000_000n;
const MINUTE_NS = 60_000_000_000n;

/** How long a token is leased when the caller doesn't say, and at most; never past its expiry. */
export const LEASE_NS = { byDefault: 10n * MINUTE_NS, most: 60n * MINUTE_NS } as const;

/** How long one caller has for refreshing a token before another may begin. */
export const REFRESH_NS = 2n * MINUTE_NS;

/** How many of the newest records a status counts. */
export const STATUS_WINDOW = { interactions: 10, activities: 20 } as const;

/** The network carries replies of 2 MiB; what is beside the records takes far less than the rest. */
export const REPLY_BYTES = 2 * KIB * KIB - 4 * KIB;

/**
 * Instructions after which what a query reads ends, a tenth of what a query may take: what one record takes, and the reply, come on top. The
 * same query may be sent as an update, which the canister pays for: fewer then, by who sends it.
 */
export const QUERY_WORK = 500_000_000;
export const REPLICATED_WORK = {
  anonymous: 10_000_000,
  stranger: 10_000_000,
  user: 30_000_000,
  agent: 200_000_000,
  admin: 200_000_000,
} as const;

/** How many records a page looks at before it ends, whether or not they pass its filters. */
export const PAGE_VISITS = 2000;

/** Instructions after which a message of a task ends, one thing later; where one trapped, the next has half as many, down to the least. */
export const TASK_WORK = 1_000_000_000;
export const LEAST_TASK_WORK = 4_000_000;

/** How many sessions or credentials a clean-up ends in one call, and the instructions after which it ends. */
export const CLEANUP_BATCH = 200;
export const CLEANUP_WORK = 2_000_000_000;

/** Instructions of what is erased at once, and not by the task. */
export const ERASURE_WORK = 100_000_000;

/** Bytes of the credentials in a page of an export, and of one record: beside them are grants and rules of 40 KiB at most. */
export const EXPORT_BYTES = REPLY_BYTES - 128 * KIB;

/** How many records a page of an export holds at most. */
export const EXPORT_ITEMS = 100;

/** How long a request_id is remembered: a day. */
export const REQUEST_MEMORY_NS = 24n * 3_600_000_000_000n;

/** How many activities one message of the retention removes: they are erased at its end, when it is known how many the audit log is to tell of. */
export const RETIRED_BATCH = 100;
