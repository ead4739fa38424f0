import { expect } from 'vitest';
import type { AgentType } from '../../../src/candid/agent_service.did.ts';
import { Random } from '../../replica/support/random.ts';
import { AGENT_TYPES, GITHUB } from './records.ts';
import { HOUR, OWNER, ok, type WasmCanister } from './wasm-canister.ts';

const MARKER = /MARKER-\d+-/g;

/** The most that the service takes, in bytes. */
const TOKEN_BYTES = 16 * 1024;
const JSON_BYTES = 64 * 1024;

const DAY = 24n * HOUR;

interface Secret {
  /** What the text says all over. */
  readonly marker: string;
  readonly text: string;
}

/** Whose secrets, and where they are kept. */
interface Kept {
  readonly user: string;
  readonly type: AgentType;
  /** The session; undefined for credentials. */
  readonly session: string | undefined;
  readonly secrets: readonly Secret[];
  readonly endsAt: bigint | undefined;
}

/** A service whose secrets are marked texts, and the secrets that it has to keep. */
export class MarkedSecrets {
  readonly canister: WasmCanister;
  readonly #random: Random;
  #kept: Kept[] = [];
  #marks = 0;

  constructor(canister: WasmCanister, seed: number) {
    this.canister = canister;
    this.#random = new Random(seed);
  }

  get count(): number {
    return this.#kept.length;
  }

  /** Does one thing at random. */
  async step(): Promise<void> {
    const user = `user-${this.#random.below(60)}`;
    const type = this.#pick(AGENT_TYPES) ?? GITHUB;
    const kept = this.#pick(this.#kept);
    switch (this.#random.below(9)) {
      case 0:
      case 1:
      case 2:
        return this.store(user, type);
      case 3:
      case 4:
        return this.begin(user, type);
      case 5:
        if (kept?.session !== undefined) await this.change(kept, kept.session);
        return;
      case 6:
      case 7:
        if (kept !== undefined) await this.end(kept);
        return;
      default:
        if (this.#random.below(12) === 0) await this.erase(user);
    }
  }

  async store(user_id: string, agent_type: AgentType): Promise<void> {
    const token = this.#secret(TOKEN_BYTES);
    const grant = this.#random.oneIn(2) ? this.#secret(JSON_BYTES, (text) => `{"r":"${text}"}`) : undefined;
    // A grant outlives its access token.
    const ends = grant === undefined && this.#random.oneIn(3);
    const endsAt = ends ? this.canister.now() + BigInt(this.#random.below(20) + 1) * HOUR : undefined;
    const token_data: [] | [string] = grant === undefined ? [] : [grant.text];
    const expires_at: [] | [bigint] = endsAt === undefined ? [] : [endsAt];
    ok(
      await this.canister.call('store_agent_credentials', [
        user_id,
        agent_type,
        token.text,
        token_data,
        [],
        [],
        [],
        expires_at,
      ]),
    );
    this.#kept = this.#kept.filter(
      ({ session, user, type }) => session !== undefined || user !== user_id || type !== agent_type,
    );
    const secrets = grant === undefined ? [token] : [token, grant];
    this.#kept.push({ user: user_id, type: agent_type, session: undefined, secrets, endsAt });
  }

  async begin(user: string, type: AgentType): Promise<void> {
    const token = this.#secret(TOKEN_BYTES);
    const session = ok(await this.canister.call('create_agent_session', [user, type, [token.text], [], []]));
    this.#kept.push({ user, type, session, secrets: [token], endsAt: this.canister.now() + DAY });
  }

  async change(kept: Kept, session: string): Promise<void> {
    const token = this.#secret(TOKEN_BYTES);
    ok(await this.canister.call('update_agent_session', [session, [token.text], [], []]));
    this.#drop(kept);
    this.#kept.push({ ...kept, secrets: [token], endsAt: this.canister.now() + DAY });
  }

  async end(kept: Kept): Promise<void> {
    const { user: user_id, type: agent_type, session } = kept;
    ok(
      session === undefined
        ? await this.canister.call('revoke_credentials', [{ user_id, agent_type, account: [] }])
        : await this.canister.call('end_agent_session', [session]),
    );
    this.#drop(kept);
  }

  /** Ends all that is kept. */
  async endAll(): Promise<void> {
    for (const kept of [...this.#kept]) await this.end(kept);
  }

  async erase(user_id: string): Promise<void> {
    await this.canister.call('erase_user', [{ user_id }], { sender: OWNER });
    await this.canister.advance(0n);
    this.#kept = this.#kept.filter((kept) => kept.user !== user_id);
  }

  async wait(ns: bigint): Promise<void> {
    await this.canister.advance(ns);
    const now = this.canister.now();
    // The timer does together what ends within a minute or two.
    await this.canister.advance(HOUR / 20n);
    this.#kept = this.#kept.filter(({ endsAt }) => endsAt === undefined || endsAt > now);
  }

  /** Secrets of which something stands in stable memory, though they are gone. */
  remains(): string[] {
    const kept = new Set(this.#kept.flatMap(({ secrets }) => secrets.map(({ marker }) => marker)));
    return [...new Set(this.canister.matchesInStable(MARKER))].filter((marker) => !kept.has(marker));
  }

  /** Whether the service gives each secret that is kept, whole. */
  async expectKept(): Promise<void> {
    for (const { user, type, session, secrets } of this.#kept) {
      const [token, ...grant] = secrets.map(({ text }) => text);
      if (session !== undefined) {
        const found = await this.canister.query('get_agent_session', [session]);
        expect(found).toMatchObject([{ token: [token] }]);
      } else {
        const found = await this.canister.query('get_agent_credentials', [user, type]);
        expect(found).toMatchObject([{ token, token_data: grant }]);
      }
    }
  }

  #pick<T>(choices: readonly T[]): T | undefined {
    return choices[this.#random.below(choices.length)];
  }

  #drop(kept: Kept): void {
    this.#kept = this.#kept.filter((other) => other !== kept);
  }

  /** A text that says the same all over, of a length that is now small and now large. */
  #secret(most: number, wrap = (text: string) => text): Secret {
    const marker = `MARKER-${this.#marks++}-`;
    const room = most - wrap('').length;
    const length = Math.floor(room ** (0.3 + 0.7 * (this.#random.below(1001) / 1000)));
    const text = marker.repeat(Math.ceil(room / marker.length)).slice(0, Math.max(marker.length, length));
    return { marker, text: wrap(text) };
  }
}
