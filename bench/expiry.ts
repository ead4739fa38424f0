import {
  createSession,
  eventsAfter,
  GITHUB,
  newAgent,
  newCredentials,
  newGrant,
  newSettings,
  someLimits,
  someRetention,
} from '../tests/canister/support/records.ts';
import {
  decodeReply,
  encodeArgs,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  type WasmCanister,
} from '../tests/canister/support/wasm-canister.ts';
import { fill, storeMany } from './fill.ts';

/** How late what expires is ended while an agent does its worst, beside `n` stored interactions. */
export interface ExpiryDelay {
  readonly n: number;
  /** Interactions of 586 kB of one agent, removed meanwhile; the others stay. */
  readonly large_interactions: number;
  /** Messages of the hostile agent meanwhile, as many as its limits let it send, and those of them that were refused. */
  readonly hostile_messages: number;
  readonly hostile_refused: number;
  /** Sessions and tokens of others that expired meanwhile. */
  readonly expired: number;
  /** Between the time at which the latest of them should have ended and the end, in seconds of the network. */
  readonly worst_delay_s: number;
  /** From the change of the settings until nothing that is too old was left, in seconds of the network. */
  readonly removal_s: number;
  readonly worst_task_instructions: number;
  readonly traps: number;
}

const ADMIN = { sender: OWNER };
const DAY = 24n * HOUR;
const SESSIONS = 20;
const TOKENS = 100;
/** The limits of the agent that does harm: those that hold by default, of which the user's are the narrower ones. */
const BY_DEFAULT = { user_burst: 100n, user_per_minute: 300n, caller_burst: 200n, caller_per_minute: 1200n };
const MESSAGE_NS = (60 / Number(BY_DEFAULT.user_per_minute)) * Number(SECOND);

/** Two agents of third parties, and a user of each. */
const STORING = { agent: principal(90), user: principal(91) };
const HOSTILE = { agent: principal(92), user: principal(93) };

/** What a canister executes in a second of the network, about. */
const INSTRUCTIONS_PER_SECOND = 2_000_000_000n;

/** What ends later than this after its time is late. */
export const LATEST = 120n * SECOND;

interface Scene {
  /** How many interactions of the usual size are stored beside. */
  readonly n: number;
  readonly large: number;
  /** For how many seconds tokens and sessions of others expire, one after the other. */
  readonly seconds: number;
}

/**
 * On a new canister one agent stores `large` interactions of the largest size, all of which is too old when a retention takes effect. Meanwhile tokens and
 * sessions of others expire, and another agent stores as much as it may.
 */
export async function measureExpiry(canister: WasmCanister, scene: Scene): Promise<ExpiryDelay> {
  for (const pair of [STORING, HOSTILE]) await admit(canister, pair);
  const arg = largeInteraction(STORING.user.toText());
  await storeMany(canister, STORING.agent, (send) => {
    for (let i = 0; i < scene.large; i++) send(arg);
  });
  const limits = { agent: HOSTILE.agent, limits: someLimits(BY_DEFAULT) };
  ok(await canister.call('set_agent_limits', [limits], ADMIN));
  // What keeps less takes effect a day later: then everything that was stored before is older than a day.
  await canister.advance(SECOND);
  const kept = someRetention({ interactions_days: 1n });
  ok(await canister.call('update_settings', [newSettings({ retention: [kept] })], ADMIN));
  const start = canister.now() + DAY;
  // Sessions end from their first hour on, while the later ones are prepared.
  const place = await endOfLog(canister);
  const delays = new Delays(canister, await prepareExpiry(canister, start, scene.seconds), place);
  await fill(canister, 0, scene.n);
  await canister.advance(start - canister.now());
  // The entries of what was filled in are read here: queries of this bench would take the network's time.
  await delays.read();
  canister.executions.length = 0;
  canister.setPace(INSTRUCTIONS_PER_SECOND);
  const { attack, removedAt, ...own } = await watch(canister, delays);
  return {
    n: scene.n,
    large_interactions: scene.large,
    hostile_messages: attack.messages,
    hostile_refused: attack.refused,
    expired: delays.seconds.length,
    worst_delay_s: Math.max(...delays.seconds),
    removal_s: seconds(removedAt - start),
    worst_task_instructions: own.worst,
    traps: own.traps,
  };
}

async function admit(canister: WasmCanister, { agent, user }: typeof STORING): Promise<void> {
  const added = newAgent({ agent, name: agent.toText(), scope: [{ granted_users: null }] });
  ok(await canister.call('add_agent', [added], ADMIN));
  ok(await canister.call('grant_agent', [newGrant({ user_id: user.toText(), agent })], { sender: user }));
}

/** An interaction of the largest size that is accepted. */
function largeInteraction(userId: string): Uint8Array {
  const large = 'x'.repeat(256 * 1024);
  const metadata: [string] = [`"${'m'.repeat(65_000)}"`];
  return encodeArgs('store_agent_interaction', [userId, GITHUB, large, large, true, metadata]);
}

/** Stores an interaction; answers whether it was accepted. */
async function store(canister: WasmCanister, arg: Uint8Array, sender: typeof OWNER): Promise<boolean> {
  const outcome = await canister.rawCall('store_agent_interaction', arg, { sender });
  return outcome.kind === 'replied' && 'Ok' in decodeReply('store_agent_interaction', outcome);
}

/** Gives users tokens and sessions that expire from `start` on, and says when each is to end. */
async function prepareExpiry(
  canister: WasmCanister,
  start: bigint,
  window: number,
): Promise<ReadonlyMap<string, bigint>> {
  const due = new Map<string, bigint>();
  const until = BigInt(window) * SECOND;
  for (let i = 0; i < TOKENS; i++) {
    const user_id = `token-${i}`;
    const expiresAt = start + (until * BigInt(i)) / BigInt(TOKENS);
    ok(await canister.call('store_credentials', [newCredentials({ user_id, expires_at: [expiresAt] })]));
    due.set(user_id, expiresAt);
  }
  for (let i = 0; i < SESSIONS; i++) {
    await createSession(canister, { userId: `session-${i}` });
    due.set(`session-${i}`, canister.now() + DAY);
    await canister.advance(until / BigInt(SESSIONS));
  }
  return due;
}

/** Lets the hostile agent go on until all that expired has ended and all that is too old is gone. */
async function watch(canister: WasmCanister, delays: Delays) {
  const attack = new Attack(canister);
  let removedAt: bigint | undefined;
  while (removedAt === undefined || !delays.isWhole) {
    // Both at once: what tasks do and what the agent sends are executed in turn.
    await Promise.all([canister.advance(SECOND), attack.untilNow()]);
    if (removedAt === undefined && (await isRemoved(canister))) removedAt = canister.now();
    await delays.read();
  }
  const asked = ['store_agent_interaction', 'list_tasks', 'get_events'];
  const own = canister.executions.filter(({ methodName = '' }) => !asked.includes(methodName));
  const worst = Math.max(...own.map(({ instructions }) => Number(instructions)));
  // What inspect_message turns away ends by a trap, as it has to.
  const traps = canister.executions.filter(({ trapped, entryPoint }) => trapped && entryPoint !== 'F').length;
  return { attack, worst, traps, removedAt };
}

/** An agent that stores as much as it may. */
class Attack {
  messages = 0;
  refused = 0;
  readonly #canister: WasmCanister;
  readonly #begun: bigint;
  readonly #arg = largeInteraction(HOSTILE.user.toText());

  constructor(canister: WasmCanister) {
    this.#canister = canister;
    this.#begun = canister.now();
  }

  /** Sends what there was time for since the beginning; it waits for each answer. */
  async untilNow(): Promise<void> {
    while (this.messages * MESSAGE_NS < Number(this.#canister.now() - this.#begun)) {
      this.messages += 1;
      if (!(await store(this.#canister, this.#arg, HOSTILE.agent))) this.refused += 1;
    }
  }
}

/** Whether the removal has come to its end. */
async function isRemoved(canister: WasmCanister): Promise<boolean> {
  const tasks = ok(await canister.query('list_tasks', [{}], ADMIN));
  const [dueAt = 0n] = tasks.find(({ name }) => name === 'retention')?.due_at ?? [];
  return dueAt > canister.now() + HOUR;
}

/** How many seconds after their time sessions and tokens were ended, as the log's entries have it. */
class Delays {
  readonly seconds: number[] = [];
  readonly #canister: WasmCanister;
  readonly #due: ReadonlyMap<string, bigint>;
  /** Entries up to here are read. */
  #after: bigint;

  constructor(canister: WasmCanister, due: ReadonlyMap<string, bigint>, after: bigint) {
    this.#canister = canister;
    this.#due = due;
    this.#after = after;
  }

  get isWhole(): boolean {
    return this.seconds.length === this.#due.size;
  }

  /** Reads the entries that came since. */
  async read(): Promise<void> {
    const activity_types = [{ TokenExpired: null }, { SessionExpired: null }];
    for (let more = true; more; ) {
      const request = eventsAfter({ activity_types }, { after: [this.#after] });
      const page = ok(await this.#canister.query('get_events', [request], ADMIN));
      for (const { activity } of page.events) {
        const time = this.#due.get(activity.user_id);
        if (time !== undefined) this.seconds.push(seconds(activity.timestamp - time));
      }
      ({ next: this.#after, more } = page);
    }
  }
}

/** Where the log ends. */
async function endOfLog(canister: WasmCanister): Promise<bigint> {
  return ok(await canister.query('get_events', [{ after: [], limit: [], filter: [] }], ADMIN)).next;
}

function seconds(ns: bigint): number {
  return Number(ns / SECOND);
}
