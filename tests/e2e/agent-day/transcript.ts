import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { expect } from 'vitest';

/** Callers that do not do every step. */
export type LimitedCaller = 'mcp' | 'terminal';

/** A call of the day, its arguments and its reply as day.json describes them. */
export interface DayStep {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Who does not do it by design, and why not. */
  readonly not_by?: Readonly<Partial<Record<LimitedCaller, string>>>;
  readonly reply: unknown;
}

interface Day {
  readonly about: string;
  readonly steps: readonly DayStep[];
  readonly records: readonly DayStep[];
  readonly audit: readonly unknown[];
}

const PATH = join(import.meta.dirname, 'day.json');
const DAY = JSON.parse(readFileSync(PATH, 'utf8')) as Day;

/** The calls of the day, in order. */
export const DAY_STEPS: readonly DayStep[] = DAY.steps;
/** The calls that read what is left of the day. */
export const DAY_RECORDS: readonly DayStep[] = DAY.records;

const IDS = /\b(ses|int|act)-[0-9a-f]{16}\b/g;
/** Fields that the day knows nothing of. */
const LATER: ReadonlySet<string> = new Set(['is_private', 'token_form', 'token_data_form']);
const USER_CHARACTERS = 15;
/** ns since 1970, from 2001 on. */
const A_TIME = 1_000_000_000_000_000_000n;
const NS_PER_HOUR = 3_600_000_000_000n;

/** A user_id that is as long as every caller's: usage counts its bytes. */
export function userOf(caller: string): string {
  return caller.padEnd(USER_CHARACTERS, '.');
}

/** Whether a caller does a step itself; one that is not limited does all. */
export function isDoneBy({ not_by }: DayStep, caller: LimitedCaller | undefined): boolean {
  return caller === undefined || not_by?.[caller] === undefined;
}

function seenBy(limited: LimitedCaller | undefined, step: DayStep): unknown {
  return limited === undefined || !isDoneBy(step, limited) ? step.reply : withoutTokens(step.reply);
}

function withoutTokens(reply: unknown): unknown {
  return JSON.parse(JSON.stringify(reply), (name, value: unknown) => (name === 'token' ? [] : value));
}

/** One caller's run of the day: brings replies into a form that is the same for all callers and all runs. */
export class Transcript {
  readonly #user: string;
  readonly #caller: string;
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #replies: unknown[] = [];
  readonly #audit: unknown[] = [];

  /** `user` is the user_id of this run, `caller` the principal that calls. */
  constructor({ user, caller }: { readonly user: string; readonly caller: Principal }) {
    this.#user = user;
    this.#caller = caller.toText();
  }

  /** Notes a reply; the next step is the one after. */
  add(reply: unknown): void {
    this.#replies.push(this.#normalise(reply));
  }

  /** An argument of day.json as @dfinity/candid encodes it. */
  argument(value: unknown): unknown {
    if (typeof value === 'string') return this.#denormalise(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.argument(item));
    if (typeof value !== 'object' || value === null) return value;
    if ('hours_from_now' in value) {
      return BigInt(Date.now()) * 1_000_000n + BigInt(Number(value.hours_from_now)) * NS_PER_HOUR;
    }
    if ('pair' in value) return this.argument(value.pair);
    return Object.fromEntries(
      Object.entries(value).map(([name, field]: [string, unknown]) => [name, this.argument(field)]),
    );
  }

  /** Notes what the audit log has about the user: the contents of the entries, in order, without their salts. */
  addAudit(contents: readonly object[]): void {
    this.#audit.push(...contents.map((content) => this.#normalise(content)));
  }

  /**
   * Holds every reply, record and entry against day.json; a limited caller sees no tokens. With UPDATE_DAY=1 it writes them there
   * instead, for a person to read.
   */
  check(limited?: LimitedCaller): void {
    const calls = [...DAY.steps, ...DAY.records];
    if (process.env['UPDATE_DAY'] === '1') {
      const told = calls.map((call, i) => ({ ...call, reply: this.#replies[i] }));
      const [steps, records] = [told.slice(0, DAY.steps.length), told.slice(DAY.steps.length)];
      writeFileSync(PATH, `${JSON.stringify({ ...DAY, steps, records, audit: this.#audit }, null, 1)}\n`);
      return;
    }
    expect(this.#replies.map((reply, i) => [calls[i]?.method, reply])).toEqual(
      calls.map((call, i) => [call.method, i < DAY.steps.length ? seenBy(limited, call) : call.reply]),
    );
    expect(this.#audit).toEqual(DAY.audit);
  }

  #normalise(value: unknown): unknown {
    if (typeof value === 'string') return this.#normaliseText(value);
    if (typeof value === 'bigint') return value > A_TIME ? '<time>' : Number(value);
    if (Principal.isPrincipal(value)) return value.toText() === this.#caller ? '<caller>' : '<other>';
    if (Array.isArray(value)) return value.map((item: unknown) => this.#normalise(item));
    if (typeof value !== 'object' || value === null) return value ?? null;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !LATER.has(name))
        .map(([name, field]: [string, unknown]) => [name, this.#normalise(field)]),
    );
  }

  #normaliseText(text: string): string {
    return text.replaceAll(this.#user, '<user>').replace(IDS, (id, kind: string) => {
      // Ids that no reply gave are the day's own, made up.
      if (id.endsWith('f'.repeat(16))) return id;
      const known = this.#names.get(id);
      if (known !== undefined) return known;
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      this.#names.set(id, `<${kind} ${count}>`);
      return `<${kind} ${count}>`;
    });
  }

  #denormalise(text: string): string {
    const named = new Map([...this.#names].map(([id, name]) => [name, id]));
    return text
      .replaceAll('<user>', this.#user)
      .replace(/<(ses|int|act) \d+>/g, (name) => named.get(name) ?? name);
  }
}
